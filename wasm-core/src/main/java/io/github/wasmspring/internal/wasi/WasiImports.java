package io.github.wasmspring.internal.wasi;

import io.github.wasmspring.WasmImportedItem;
import io.github.wasmspring.WasmLoadException;
import io.github.wasmspring.module.WasiSettings;
import io.github.wasmspring.module.WasmImportDefinition;
import io.github.wasmspring.module.WasmModuleDescriptor;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Gives a module what it imports of WASI. */
public final class WasiImports {

  private WasiImports() {}

  /** Whether a module was built for WASI. */
  public static boolean isWasi(WasmImportedItem imported) {
    return imported.module().equals(WasiFunctions.MODULE) && imported.kind().equals("function");
  }

  /**
   * The host functions that a module is given and those of WASI that it imports; where an
   * application provides one of these itself, its own is taken.
   *
   * @param given what the module has without WASI
   * @throws WasmLoadException {@code INVALID} if a directory that it is given can't be opened
   */
  public static Collection<WasmImportDefinition> complete(
      WasmModuleDescriptor module,
      Collection<WasmImportDefinition> given,
      List<WasmImportedItem> imported) {
    List<WasmImportedItem> open =
        imported.stream()
            .filter(WasiImports::isWasi)
            .filter(item -> !isProvided(item, given))
            .toList();
    if (open.isEmpty()) {
      return given;
    }
    WasiSettings settings = module.settings().wasi();
    for (WasiSettings.Directory directory : settings.directories()) {
      MappedDirectory mapped = MappedDirectory.of(directory);
      mapped.check();
      FileNameEncoding.ofThisJvm().warnIfNamesAreLost(module.id(), mapped);
    }
    WasiFunctions functions = new WasiFunctions(module);
    List<WasmImportDefinition> all = new ArrayList<>(given);
    for (WasmImportedItem item : open) {
      WasmImportDefinition function = functions.get(item.name());
      if (function != null && !all.contains(function)) {
        all.add(function);
      }
    }
    return all;
  }

  private static boolean isProvided(WasmImportedItem item, Collection<WasmImportDefinition> given) {
    return given.stream()
        .anyMatch(
            definition ->
                definition.module().equals(item.module()) && definition.name().equals(item.name()));
  }
}
