package io.github.wasmspring.autoconfigure.diagnostics;

import io.github.wasmspring.WasmModuleNotFoundException;
import io.github.wasmspring.internal.module.ModuleProperty;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Explains that a module is not there, and which names come near. */
final class WasmModuleNotFoundFailureAnalyzer
    extends AbstractFailureAnalyzer<WasmModuleNotFoundException> {

  @Override
  protected FailureAnalysis analyze(Throwable root, WasmModuleNotFoundException failure) {
    String missing =
        Texts.sentence(
            "There is no WebAssembly module '%s': %s"
                .formatted(failure.requested(), failure.detail()));
    String description =
        failure.available().isEmpty()
            ? missing
            : Texts.paragraphs(
                missing, "Modules that are registered:" + Texts.list(failure.available()));
    return new FailureAnalysis(description, action(failure), failure);
  }

  private static String action(WasmModuleNotFoundException failure) {
    String id = failure.requested();
    String declare =
        "say where the module is, e.g. %s=classpath:wasm/%s.wasm, or add the dependency that brings it (io.github.wasmspring:wasm-modules-bundle brings the common ones)"
            .formatted(ModuleProperty.of(id, "location"), id);
    return failure.nearMatches().isEmpty()
        ? Texts.capitalized(declare) + "."
        : "If you meant '%s', correct the name. Otherwise %s."
            .formatted(String.join("' or '", failure.nearMatches()), declare);
  }
}
