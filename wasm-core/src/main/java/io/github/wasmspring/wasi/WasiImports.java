package io.github.wasmspring.wasi;

import io.github.wasmspring.WasmLinkException;
import io.github.wasmspring.WasmLoadException;
import io.github.wasmspring.engine.WasmImportedItem;
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
   * The host functions of a module and those of WASI that it imports; where an application provides
   * one of these itself, its own is taken.
   *
   * @throws WasmLinkException if the module imports functions of WASI and may not have them
   * @throws WasmLoadException {@code INVALID} if a directory that it is given can't be opened
   */
  public static Collection<WasmImportDefinition> complete(
      WasmModuleDescriptor module, List<WasmImportedItem> imported) {
    List<WasmImportedItem> open =
        imported.stream()
            .filter(WasiImports::isWasi)
            .filter(item -> !isProvided(item, module))
            .toList();
    if (open.isEmpty()) {
      return module.imports();
    }
    WasiSettings settings = module.settings().wasi();
    if (!settings.enabled()) {
      throw switchedOff(module, open);
    }
    settings.directories().forEach(directory -> MappedDirectory.of(directory).check());
    WasiFunctions functions = new WasiFunctions(module);
    List<WasmImportDefinition> all = new ArrayList<>(module.imports());
    for (WasmImportedItem item : open) {
      WasmImportDefinition function = functions.get(item.name());
      if (function != null && !all.contains(function)) {
        all.add(function);
      }
    }
    return all;
  }

  private static boolean isProvided(WasmImportedItem item, WasmModuleDescriptor module) {
    return module.imports().stream()
        .anyMatch(
            definition ->
                definition.module().equals(item.module()) && definition.name().equals(item.name()));
  }

  private static WasmLinkException switchedOff(
      WasmModuleDescriptor module, List<WasmImportedItem> missing) {
    List<String> names = missing.stream().map(WasmImportedItem::describe).toList();
    return new WasmLinkException(
        "the module imports %s, and WASI is switched off for it; set wasi.enabled to true, which alone gives it no files, variables or network"
            .formatted(String.join(", ", names)),
        names,
        module.imports().stream().map(WasmImportDefinition::describe).toList());
  }
}
