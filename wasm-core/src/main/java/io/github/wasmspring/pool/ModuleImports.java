package io.github.wasmspring.pool;

import io.github.wasmspring.WasmLinkException;
import io.github.wasmspring.engine.MissingImports;
import io.github.wasmspring.engine.WasmImportedItem;
import io.github.wasmspring.module.WasmHostFunctionLibrary;
import io.github.wasmspring.module.WasmHostFunctionOffer;
import io.github.wasmspring.module.WasmImportDefinition;
import io.github.wasmspring.module.WasmModuleDescriptor;
import io.github.wasmspring.wasi.WasiImports;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Puts together the host functions of a module: those written for it, those that its settings name
 * among what the application offers, and those of WASI. Of two with the same names the first one is
 * taken.
 */
final class ModuleImports {

  private static final String WASI_OFF =
      "WASI is switched off for it; set wasi.enabled to true, which alone gives it no files, variables or network";

  private ModuleImports() {}

  /**
   * @throws WasmLinkException if the module imports what it is not given
   */
  static Collection<WasmImportDefinition> of(
      WasmModuleDescriptor module,
      List<WasmImportedItem> imported,
      WasmHostFunctionLibrary library) {
    List<WasmImportDefinition> given = new ArrayList<>(module.imports());
    Map<String, String> remedies = new LinkedHashMap<>();
    for (WasmImportedItem item : imported) {
      if (!isNamed(item, given)) {
        offer(item, module, library, given, remedies);
      }
    }
    Collection<WasmImportDefinition> all =
        module.settings().wasi().enabled() ? WasiImports.complete(module, given, imported) : given;
    MissingImports.refuse(imported, all, remedies);
    return all;
  }

  private static void offer(
      WasmImportedItem item,
      WasmModuleDescriptor module,
      WasmHostFunctionLibrary library,
      List<WasmImportDefinition> given,
      Map<String, String> remedies) {
    WasmHostFunctionOffer offer = library.find(item.module(), item.name());
    WasmImportDefinition granted = offer != null ? offer.grant(module) : null;
    if (granted != null) {
      given.add(granted);
    } else if (offer != null) {
      remedies.put(item.describe(), offer.remedy(module));
    } else if (WasiImports.isWasi(item) && !module.settings().wasi().enabled()) {
      remedies.put(item.describe(), WASI_OFF);
    }
  }

  private static boolean isNamed(WasmImportedItem item, List<WasmImportDefinition> given) {
    return given.stream()
        .anyMatch(
            definition ->
                definition.module().equals(item.module()) && definition.name().equals(item.name()));
  }
}
