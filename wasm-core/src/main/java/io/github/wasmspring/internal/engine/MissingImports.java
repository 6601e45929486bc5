package io.github.wasmspring.internal.engine;

import io.github.wasmspring.WasmImportedItem;
import io.github.wasmspring.WasmLinkException;
import io.github.wasmspring.WasmUnmetImport;
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
   * @param remedies what to do about imports that could be had
   * @throws WasmLinkException if anything is missing or has another type; it names all of it
   */
  public static void refuse(
      List<WasmImportedItem> imports,
      Collection<? extends WasmProvidedImport> provided,
      Map<WasmImportedItem, String> remedies) {
    refuse(imports, provided, remedies, Map.of());
  }

  /**
   * @param known imports of which it is known already that they are unmet
   * @throws WasmLinkException if anything is missing or has another type; it names all of it
   */
  public static void refuse(
      List<WasmImportedItem> imports,
      Collection<? extends WasmProvidedImport> provided,
      Map<WasmImportedItem, String> remedies,
      Map<WasmImportedItem, WasmUnmetImport> known) {
    List<WasmUnmetImport> unmet = new ArrayList<>();
    for (WasmImportedItem item : imports) {
      WasmUnmetImport refused = known.get(item);
      if (refused != null) {
        unmet.add(refused);
        continue;
      }
      List<? extends WasmProvidedImport> named =
          provided.stream().filter(each -> each.isNamedAs(item)).toList();
      if (named.isEmpty()) {
        ModuleOrigin origin = ModuleOrigin.of(item);
        String remedy = remedies.getOrDefault(item, origin == null ? null : origin.remedy());
        unmet.add(new WasmUnmetImport(item, null, remedy));
      } else if (named.stream().noneMatch(each -> each.hasTypeOf(item))) {
        unmet.add(new WasmUnmetImport(item, named.get(0).describe(), null));
      }
    }
    if (!unmet.isEmpty()) {
      List<String> available =
          provided.stream()
              .filter(WasmImportDefinition.class::isInstance)
              .map(WasmProvidedImport::describe)
              .toList();
      throw new WasmLinkException(message(unmet, available), unmet, available);
    }
  }

  private static String message(List<WasmUnmetImport> unmet, List<String> available) {
    List<String> parts = new ArrayList<>();
    List<String> unknown = new ArrayList<>();
    Map<String, List<String>> byRemedy = new LinkedHashMap<>();
    for (WasmUnmetImport each : unmet) {
      String name = each.item().describe();
      if (!each.isMissing()) {
        parts.add(
            "the module imports %s, but what it has been given under that name is %s: %s"
                .formatted(
                    name,
                    each.given(),
                    each.remedy() == null ? "change one of the two" : each.remedy()));
      } else if (each.remedy() == null) {
        unknown.add(name);
      } else {
        byRemedy.computeIfAbsent(each.remedy(), key -> new ArrayList<>()).add(name);
      }
    }
    if (!unknown.isEmpty()) {
      parts.add("the module imports " + some(unknown) + ", which nothing provides");
    }
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
