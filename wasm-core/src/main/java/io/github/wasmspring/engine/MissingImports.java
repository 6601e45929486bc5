package io.github.wasmspring.engine;

import io.github.wasmspring.WasmLinkException;
import io.github.wasmspring.module.WasmImportDefinition;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Finds what a module imports and nobody gives it. */
public final class MissingImports {

  private MissingImports() {}

  /**
   * @param remedies what to do about imports that could be had, by {@link
   *     WasmImportedItem#describe()}
   * @throws WasmLinkException if anything is missing; it names all of it
   */
  public static void refuse(
      List<WasmImportedItem> imports,
      Collection<WasmImportDefinition> provided,
      Map<String, String> remedies) {
    List<String> missing = new ArrayList<>();
    for (WasmImportedItem item : imports) {
      if (!item.kind().equals("memory") && !isProvided(item, provided)) {
        missing.add(item.describe());
      }
    }
    if (!missing.isEmpty()) {
      List<String> available = provided.stream().map(WasmImportDefinition::describe).toList();
      Map<String, String> relevant = new LinkedHashMap<>(remedies);
      relevant.keySet().retainAll(missing);
      throw new WasmLinkException(
          message(missing, available, relevant), missing, available, relevant);
    }
  }

  private static String message(
      List<String> missing, List<String> available, Map<String, String> remedies) {
    List<String> parts = new ArrayList<>();
    List<String> unknown = missing.stream().filter(name -> !remedies.containsKey(name)).toList();
    if (!unknown.isEmpty()) {
      parts.add("the module imports " + String.join(", ", unknown) + ", which nothing provides");
    }
    Map<String, List<String>> byRemedy = new LinkedHashMap<>();
    remedies.forEach(
        (name, remedy) -> byRemedy.computeIfAbsent(remedy, key -> new ArrayList<>()).add(name));
    byRemedy.forEach(
        (remedy, names) ->
            parts.add(
                "the module imports %s, which it has not been given: %s"
                    .formatted(String.join(", ", names), remedy)));
    parts.add(
        available.isEmpty()
            ? "it has been given no host functions"
            : "it has been given " + String.join(", ", available));
    return String.join("; ", parts);
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
