package io.github.wasmspring.autoconfigure.diagnostics;

import io.github.wasmspring.WasmLinkException;
import io.github.wasmspring.module.ModuleProperty;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Explains which imports of a module are missing, and how to write them. */
final class WasmLinkFailureAnalyzer extends AbstractFailureAnalyzer<WasmLinkException> {

  @Override
  protected FailureAnalysis analyze(Throwable root, WasmLinkException failure) {
    return wantsThreads(failure)
        ? new FailureAnalysis(
            "In the WebAssembly module '%s', %s."
                .formatted(failure.module(), failure.detail().replaceFirst("; .*", "")),
            threadsAction(failure),
            failure)
        : new FailureAnalysis(description(failure), action(failure), failure);
  }

  private static boolean wantsThreads(WasmLinkException failure) {
    return failure.missing().stream().allMatch(item -> item.startsWith("wasi.thread-spawn "));
  }

  private static String threadsAction(WasmLinkException failure) {
    return failure.detail().contains("limits.threads")
        ? "Set %s to how many threads an instance may have at a time besides its caller's. Or build the module without threads, such as for wasm32-wasip1."
            .formatted(ModuleProperty.of(failure.module(), "limits.threads"))
        : "Build the module for wasm32-wasip1-threads, or without threads.";
  }

  private static String description(WasmLinkException failure) {
    return Texts.paragraphs(
        "The WebAssembly module '%s' imports what it has not been given:%s"
            .formatted(failure.module(), Texts.list(failure.missing())),
        failure.available().isEmpty()
            ? "It has been given no host functions."
            : "It has been given these host functions:" + Texts.list(failure.available()));
  }

  private static String action(WasmLinkException failure) {
    List<String> offered =
        failure.remedies().entrySet().stream()
            .filter(remedy -> !isWasi(remedy.getKey()))
            .map(remedy -> remedy.getKey() + ": " + remedy.getValue())
            .toList();
    List<String> unknown =
        failure.missing().stream()
            .filter(name -> isWasi(name) || !failure.remedies().containsKey(name))
            .toList();
    if (offered.isEmpty()) {
      return provide(failure, unknown);
    }
    String named = "If the module may have what it imports, say so:" + Texts.list(offered);
    return unknown.isEmpty() ? named : Texts.paragraphs(named, provide(failure, unknown));
  }

  private static boolean isWasi(String described) {
    ImportSnippet function = ImportSnippet.of(described);
    return function != null && function.isWasi();
  }

  private static String provide(WasmLinkException failure, List<String> missing) {
    List<ImportSnippet> functions =
        missing.stream().map(ImportSnippet::of).filter(Objects::nonNull).toList();
    if (functions.size() < missing.size()) {
      return "Memories, tables, globals and functions with several results can't be written as @WasmImport methods: build the module so that it defines or avoids them.";
    }
    if (functions.stream().anyMatch(ImportSnippet::isWasi)) {
      return "The module was built for WASI. Set %s=true: alone, that gives it no files, variables or network. Or build it for a target without a system interface, such as wasm32-unknown-unknown."
          .formatted(ModuleProperty.of(failure.module(), "wasi.enabled"));
    }
    return "Write the missing functions." + write(failure, functions);
  }

  private static String write(WasmLinkException failure, List<ImportSnippet> functions) {
    List<String> lines = new ArrayList<>();
    lines.add("@WasmModule(id = \"%s\")".formatted(failure.module()));
    lines.add("class HostFunctions {");
    for (ImportSnippet function : functions) {
      lines.add("");
      lines.add("    " + function.annotation());
      lines.add("    " + function.method());
    }
    lines.add("}");
    return " In a class of the application's packages:" + Texts.list(lines);
  }
}
