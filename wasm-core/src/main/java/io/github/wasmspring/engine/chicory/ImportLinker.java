package io.github.wasmspring.engine.chicory;

import io.github.wasmspring.WasmLinkException;
import io.github.wasmspring.engine.WasmImportedItem;
import io.github.wasmspring.module.WasmImportDefinition;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Finds what a module imports and nobody provides. */
final class ImportLinker {

  private ImportLinker() {}

  static void check(List<WasmImportedItem> imports, Collection<WasmImportDefinition> provided) {
    List<String> missing = new ArrayList<>();
    for (WasmImportedItem item : imports) {
      if (!item.kind().equals("memory") && !isProvided(item, provided)) {
        missing.add(item.describe());
      }
    }
    if (!missing.isEmpty()) {
      List<String> available = provided.stream().map(WasmImportDefinition::describe).toList();
      throw new WasmLinkException(
          "the module imports %s, which nothing provides; %s"
              .formatted(
                  String.join(", ", missing),
                  available.isEmpty()
                      ? "it has been given no host functions"
                      : "it has been given " + String.join(", ", available)),
          missing,
          available);
    }
  }

  private static boolean isProvided(
      WasmImportedItem item, Collection<WasmImportDefinition> provided) {
    return provided.stream()
        .anyMatch(
            definition ->
                definition.module().equals(item.module())
                    && definition.name().equals(item.name())
                    && definition.type().equals(item.type()));
  }
}
