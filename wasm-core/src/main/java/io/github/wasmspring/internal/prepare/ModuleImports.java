package io.github.wasmspring.internal.prepare;

import io.github.wasmspring.WasmImportedItem;
import io.github.wasmspring.WasmLinkException;
import io.github.wasmspring.WasmUnmetImport;
import io.github.wasmspring.internal.engine.MissingImports;
import io.github.wasmspring.internal.module.ModuleProperty;
import io.github.wasmspring.internal.wasi.WasiImports;
import io.github.wasmspring.module.WasmHostFunctionLibrary;
import io.github.wasmspring.module.WasmHostFunctionOffer;
import io.github.wasmspring.module.WasmImportDefinition;
import io.github.wasmspring.module.WasmModuleDescriptor;
import io.github.wasmspring.module.WasmNewImport;
import io.github.wasmspring.module.WasmProvidedImport;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Puts together what a module imports: host functions and globals that were written for it, what
 * other modules have for it, host functions that its settings name among what the application
 * offers, those of WASI, and what is made for each instance. Of two with the same names the first
 * one is taken.
 */
final class ModuleImports {

  private static final String NOT_IN_WASI =
      "WASI preview 1 has no such function; write it as a host function, or build the module without";

  private ModuleImports() {}

  /**
   * @throws WasmLinkException if the module imports what it is not given
   */
  static Collection<WasmProvidedImport> of(
      WasmModuleDescriptor module,
      List<WasmImportedItem> imported,
      WasmHostFunctionLibrary library,
      ModuleLinks links) {
    List<WasmImportDefinition> given = new ArrayList<>(module.imports());
    Map<WasmImportedItem, String> remedies = new LinkedHashMap<>();
    List<WasmImportedItem> open = new ArrayList<>();
    List<WasmProvidedImport> linked = new ArrayList<>();
    Map<WasmImportedItem, WasmUnmetImport> unmet = new LinkedHashMap<>();
    for (WasmImportedItem item : imported) {
      if (isWrittenFor(module, item)) {
        continue;
      }
      ModuleLinks.Link link = links.find(item);
      WasmUnmetImport refused = links.unmet().get(item);
      if (link != null) {
        linked.add(link.expected());
      } else if (refused != null) {
        unmet.put(item, refused);
      } else {
        open.add(item);
        offer(item, module, library, given, remedies);
      }
    }
    List<WasmProvidedImport> all =
        new ArrayList<>(
            module.settings().wasi().enabled() ? WasiImports.complete(module, given, open) : given);
    all.addAll(module.globals());
    for (WasmImportedItem item : open) {
      if (all.stream().noneMatch(each -> each.isNamedAs(item))) {
        make(item, module, all, remedies);
      }
    }
    all.addAll(linked);
    remedies.putAll(links.remedies());
    MissingImports.refuse(imported, all, remedies, unmet);
    return List.copyOf(all);
  }

  /** Whether the module is given that, whatever others have. */
  static boolean isWrittenFor(WasmModuleDescriptor module, WasmImportedItem item) {
    return module.imports().stream().anyMatch(each -> each.isNamedAs(item))
        || module.globals().stream().anyMatch(each -> each.isNamedAs(item));
  }

  private static void offer(
      WasmImportedItem item,
      WasmModuleDescriptor module,
      WasmHostFunctionLibrary library,
      List<WasmImportDefinition> given,
      Map<WasmImportedItem, String> remedies) {
    if (!item.kind().equals("function")) {
      return;
    }
    WasmHostFunctionOffer offer = library.find(item.module(), item.name());
    WasmImportDefinition granted = offer != null ? offer.grant(module) : null;
    if (granted != null) {
      given.add(granted);
    } else if (offer != null) {
      remedies.put(item, offer.remedy(module));
    } else if (WasiImports.isWasi(item)) {
      remedies.put(item, wasi(module));
    }
  }

  private static String wasi(WasmModuleDescriptor module) {
    return module.settings().wasi().enabled()
        ? NOT_IN_WASI
        : "it was built for WASI, which is switched off for it; set %s to true, which alone gives it no files, variables or network, or build it for a target without a system interface, such as wasm32-unknown-unknown"
            .formatted(ModuleProperty.of(module.id(), "wasi.enabled"));
  }

  private static void make(
      WasmImportedItem item,
      WasmModuleDescriptor module,
      List<WasmProvidedImport> all,
      Map<WasmImportedItem, String> remedies) {
    WasmNewImport made = NewImports.of(item, module);
    String remedy = made == null ? NewImports.remedy(item, module) : null;
    if (made != null) {
      all.add(made);
    } else if (remedy != null) {
      remedies.put(item, remedy);
    }
  }
}
