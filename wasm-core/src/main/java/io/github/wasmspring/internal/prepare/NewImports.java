package io.github.wasmspring.internal.prepare;

import io.github.wasmspring.WasmImportedItem;
import io.github.wasmspring.internal.module.ModuleProperty;
import io.github.wasmspring.internal.module.NearMatches;
import io.github.wasmspring.module.WasmModuleDescriptor;
import io.github.wasmspring.module.WasmNewImport;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Memories, tables and tags that instances get anew: those with the names that toolchains give to
 * what a module may have for itself, and those that the settings of the module name. Under any
 * other name a module may expect to share something, or the name is mistyped.
 */
final class NewImports {

  private static final String ENV = "env";

  private static final Map<String, List<String>> CUSTOMARY =
      Map.of(
          "memory", List.of("memory"),
          "table", List.of("table", "__indirect_function_table"),
          "tag", List.of("__cpp_exception", "__c_longjmp"));

  /** Comparing takes the square of it. */
  private static final int LONGEST_NAME = 100;

  private NewImports() {}

  /** {@code null} if it is none of these. */
  static @Nullable WasmNewImport of(WasmImportedItem item, WasmModuleDescriptor module) {
    boolean wanted =
        CUSTOMARY.containsKey(item.kind())
            && (item.module().equals(ENV) && CUSTOMARY.get(item.kind()).contains(item.name())
                || module.settings().permissions().mayImport(item.module(), item.name()));
    return wanted ? new WasmNewImport(item.module(), item.name(), item.kind()) : null;
  }

  /** What to do so that it is one, {@code null} if it can't be. */
  static @Nullable String remedy(WasmImportedItem item, WasmModuleDescriptor module) {
    List<String> customary = CUSTOMARY.get(item.kind());
    if (customary == null) {
      return null;
    }
    String full = item.module() + "." + item.name();
    List<String> known = customary.stream().map(name -> ENV + "." + name).toList();
    List<String> near = full.length() > LONGEST_NAME ? List.of() : NearMatches.of(full, known);
    return "%seach instance gets a new %s only under the name %s or if %s names it"
        .formatted(
            near.isEmpty() ? "" : "did you mean %s? ".formatted(String.join(" or ", near)),
            item.kind(),
            String.join(" or ", known),
            ModuleProperty.of(module.id(), "imports"));
  }
}
