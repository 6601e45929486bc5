package io.github.wasmspring.autoconfigure.diagnostics;

import io.github.wasmspring.WasmSignatureException;
import io.github.wasmspring.internal.module.NearMatches;
import java.util.List;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Explains how a Java method and the export that it calls differ. */
final class WasmSignatureFailureAnalyzer extends AbstractFailureAnalyzer<WasmSignatureException> {

  @Override
  protected FailureAnalysis analyze(Throwable root, WasmSignatureException failure) {
    return new FailureAnalysis(description(failure), action(failure), failure);
  }

  private static String description(WasmSignatureException failure) {
    return Texts.paragraphs(
        "The Java method '%s' does not fit the export '%s' of the WebAssembly module '%s': %s."
            .formatted(failure.method(), failure.export(), failure.module(), failure.detail()),
        types(failure),
        failure.exports().isEmpty()
            ? "The module exports no functions."
            : "The module exports:" + Texts.list(failure.exports()));
  }

  private static String types(WasmSignatureException failure) {
    String expected = failure.expected();
    String actual = failure.actual();
    return (expected != null ? "The method needs: " + expected + System.lineSeparator() : "")
        + (actual != null ? "The export has:   " + actual : "There is no such export.");
  }

  private static String action(WasmSignatureException failure) {
    if (failure.actual() != null) {
      return "Change the parameters or the result of the method so that they fit the export, or build the module with the type that the method needs. A String, a byte[] or an array is two parameters, (i32, i32), and as a result an i64.";
    }
    List<String> near =
        NearMatches.of(
            failure.export(),
            failure.exports().stream().map(export -> export.split(" ")[0]).toList());
    String meant = near.isEmpty() ? "…" : near.get(0);
    return "Name the export that is meant with @WasmExport(\"%s\") on the method, add the export to the module, or make the method a default method that Java answers."
        .formatted(meant);
  }
}
