package io.github.wasmspring.engine;

import io.github.wasmspring.WasmLinkException;
import io.github.wasmspring.module.WasmImportDefinition;
import io.github.wasmspring.module.WasmProvidedImport;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Finds what a module imports and nobody gives it, or gives it with another type. */
public final class MissingImports {

  /** More names than these tell nobody anything in a message; the exception has all of them. */
  private static final int NAMES = 8;

  private MissingImports() {}

  /**
   * @param remedies what to do about imports that could be had, by {@link
   *     WasmImportedItem#describe()}
   * @throws WasmLinkException if anything is missing or has another type; it names all of it
   */
  public static void refuse(
      List<WasmImportedItem> imports,
      Collection<? extends WasmProvidedImport> provided,
      Map<String, String> remedies) {
    List<String> missing = new ArrayList<>();
    Map<String, String> mistyped = new LinkedHashMap<>();
    Map<String, String> relevant = new LinkedHashMap<>();
    for (WasmImportedItem item : imports) {
      List<? extends WasmProvidedImport> named = provided.stream().filter(item::isNamedAs).toList();
      if (named.stream().anyMatch(item::isMetBy)) {
        continue;
      }
      if (!named.isEmpty()) {
        mistyped.put(item.describe(), named.get(0).describe());
        continue;
      }
      missing.add(item.describe());
      ModuleOrigin origin = ModuleOrigin.of(item);
      String remedy =
          remedies.getOrDefault(item.describe(), origin == null ? null : origin.remedy());
      if (remedy != null) {
        relevant.put(item.describe(), remedy);
      }
    }
    if (!missing.isEmpty() || !mistyped.isEmpty()) {
      List<String> available =
          provided.stream()
              .filter(WasmImportDefinition.class::isInstance)
              .map(WasmProvidedImport::describe)
              .toList();
      throw new WasmLinkException(
          message(missing, mistyped, available, relevant), missing, mistyped, available, relevant);
    }
  }

  private static String message(
      List<String> missing,
      Map<String, String> mistyped,
      List<String> available,
      Map<String, String> remedies) {
    List<String> parts = new ArrayList<>();
    mistyped.forEach(
        (wanted, given) ->
            parts.add(
                "the module imports %s, but what it has been given under that name is %s: change one of the two"
                    .formatted(wanted, given)));
    List<String> unknown = missing.stream().filter(name -> !remedies.containsKey(name)).toList();
    if (!unknown.isEmpty()) {
      parts.add("the module imports " + some(unknown) + ", which nothing provides");
    }
    Map<String, List<String>> byRemedy = new LinkedHashMap<>();
    remedies.forEach(
        (name, remedy) -> byRemedy.computeIfAbsent(remedy, key -> new ArrayList<>()).add(name));
    byRemedy.forEach(
        (remedy, names) ->
            parts.add(
                "the module imports %s, which it has not been given: %s"
                    .formatted(some(names), remedy)));
    parts.add(
        available.isEmpty()
            ? "it has been given no host functions"
            : "it has been given " + some(available));
    return String.join("; ", parts);
  }

  private static String some(List<String> names) {
    String first =
        String.join(", ", names.stream().limit(NAMES).map(MissingImports::shortened).toList());
    return names.size() <= NAMES ? first : first + " and %d more".formatted(names.size() - NAMES);
  }

  private static String shortened(String name) {
    return name.length() <= 200 ? name : name.substring(0, 200) + "…";
  }
}
