package io.github.wasmspring.autoconfigure.diagnostics;

import io.github.wasmspring.WasmImportedItem;
import io.github.wasmspring.WasmLinkException;
import io.github.wasmspring.WasmUnmetImport;
import io.github.wasmspring.internal.module.ModuleProperty;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Explains which imports of a module are missing, and how to write them. */
final class WasmLinkFailureAnalyzer extends AbstractFailureAnalyzer<WasmLinkException> {

  private static final int AT_MOST = 20;

  @Override
  protected FailureAnalysis analyze(Throwable root, WasmLinkException failure) {
    if (failure.unmet().isEmpty()) {
      return new FailureAnalysis(failure.getMessage() + ".", null, failure);
    }
    return wantsThreads(failure)
        ? new FailureAnalysis(
            "In the WebAssembly module '%s', %s.".formatted(failure.module(), failure.detail()),
            threadsAction(failure),
            failure)
        : new FailureAnalysis(description(failure), action(failure), failure);
  }

  private static boolean wantsThreads(WasmLinkException failure) {
    return !failure.missing().isEmpty()
        && failure.missing().stream()
            .allMatch(item -> item.module().equals("wasi") && item.name().equals("thread-spawn"));
  }

  private static String threadsAction(WasmLinkException failure) {
    return failure.unmet().get(0).remedy() != null
        ? "Set %s to how many threads an instance may have at a time besides its caller's. Or build the module without threads, such as for wasm32-wasip1."
            .formatted(ModuleProperty.of(failure.module(), "limits.guest-threads"))
        : "Build the module for wasm32-wasip1-threads, or without threads.";
  }

  private static String description(WasmLinkException failure) {
    List<String> parts = new ArrayList<>();
    List<String> missing = failure.missing().stream().map(WasmImportedItem::describe).toList();
    if (!missing.isEmpty()) {
      parts.add(
          "The WebAssembly module '%s' imports what it has not been given:%s"
              .formatted(failure.module(), Texts.list(some(missing))));
    }
    List<String> mistyped =
        failure.unmet().stream()
            .filter(each -> !each.isMissing())
            .map(each -> "%s, but it is %s".formatted(each.item().describe(), each.given()))
            .toList();
    if (!mistyped.isEmpty()) {
      parts.add(
          "The WebAssembly module '%s' imports what it has been given with another type:%s"
              .formatted(failure.module(), Texts.list(some(mistyped))));
    }
    parts.add(
        failure.available().isEmpty()
            ? "It has been given no host functions."
            : "It has been given these host functions:" + Texts.list(some(failure.available())));
    if (failure.besides() != null) {
      parts.add("Besides, %s.".formatted(failure.besides()));
    }
    return Texts.paragraphs(parts.toArray(String[]::new));
  }

  private static List<String> some(List<String> names) {
    if (names.size() <= AT_MOST) {
      return names;
    }
    List<String> shown = new ArrayList<>(names.subList(0, AT_MOST));
    shown.add("and %d more".formatted(names.size() - AT_MOST));
    return shown;
  }

  private static String action(WasmLinkException failure) {
    Map<String, List<String>> byRemedy = new LinkedHashMap<>();
    List<WasmImportedItem> unknown = new ArrayList<>();
    boolean mistyped = false;
    for (WasmUnmetImport each : failure.unmet()) {
      if (each.remedy() != null) {
        byRemedy
            .computeIfAbsent(each.remedy(), remedy -> new ArrayList<>())
            .add(each.item().describe());
      } else if (each.isMissing()) {
        unknown.add(each.item());
      } else {
        mistyped = true;
      }
    }
    List<String> parts = new ArrayList<>();
    if (mistyped) {
      parts.add(
          "Change the types of the host functions to those that the module imports; a @WasmImport field is a global that can't be set if it is final, and one that can (mut) if it is not.");
    }
    if (!byRemedy.isEmpty()) {
      List<String> known = new ArrayList<>();
      byRemedy.forEach(
          (remedy, names) ->
              known.add(
                  "%s%s: %s"
                      .formatted(
                          names.get(0),
                          names.size() == 1 ? "" : " and %d more".formatted(names.size() - 1),
                          remedy)));
      parts.add("What to do about it:" + Texts.list(known));
    }
    if (!unknown.isEmpty()) {
      parts.add(provide(failure, unknown));
    }
    return Texts.paragraphs(parts.toArray(String[]::new));
  }

  private static String provide(WasmLinkException failure, List<WasmImportedItem> missing) {
    List<ImportSnippet> members =
        missing.stream().map(ImportSnippet::of).filter(Objects::nonNull).toList();
    if (members.size() < missing.size()) {
      return "Memories, tables and tags are made for a module whose %s names them. Functions with several results are given by a WasmModuleDescriptor (imports), or the module is built so that it defines or avoids them."
          .formatted(ModuleProperty.of(failure.module(), "imports"));
    }
    return "Write the missing functions%s."
            .formatted(members.stream().anyMatch(ImportSnippet::isGlobal) ? " and globals" : "")
        + write(failure, members);
  }

  private static String write(WasmLinkException failure, List<ImportSnippet> members) {
    List<String> lines = new ArrayList<>();
    lines.add("@WasmModule(id = \"%s\")".formatted(failure.module()));
    lines.add("class HostFunctions {");
    for (ImportSnippet member : members) {
      lines.add("");
      lines.add("    " + member.annotation());
      lines.add("    " + member.member());
    }
    lines.add("}");
    return " In a class of the application's packages:" + Texts.list(lines);
  }
}
