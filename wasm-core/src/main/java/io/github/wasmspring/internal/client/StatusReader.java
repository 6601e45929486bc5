package io.github.wasmspring.internal.client;

import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.WasmException;
import io.github.wasmspring.WasmImportedItem;
import io.github.wasmspring.client.WasmModuleStatus;
import io.github.wasmspring.engine.WasmExportedFunction;
import io.github.wasmspring.internal.prepare.PreparedModule;
import io.github.wasmspring.module.WasmModuleDescriptor;
import io.github.wasmspring.pool.PoolStats;
import io.github.wasmspring.split.BigFunction;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Puts together what is known about a module. */
final class StatusReader {

  private StatusReader() {}

  static WasmModuleStatus read(
      ModuleHandle handle, OperationCatalog catalog, Map<WasmErrorCategory, Long> errors) {
    WasmModuleDescriptor module = handle.descriptor();
    PreparedModule prepared = handle.preparedOrNull();
    WasmException failure = handle.failure();
    return new WasmModuleStatus(
        module.id(),
        module.version(),
        module.description(),
        new TreeSet<>(module.tags()),
        handle.state(),
        module.shownLocation(),
        prepared != null ? prepared.code().engine() : null,
        prepared != null ? prepared.code().kind() : null,
        prepared != null ? prepared.tier().status() : null,
        prepared != null ? prepared.digest() : module.digest(),
        prepared != null ? prepared.provenance().signer() : null,
        prepared != null
            ? prepared.code().exports().values().stream()
                .map(WasmExportedFunction::describe)
                .toList()
            : List.of(),
        prepared != null
            ? prepared.code().imports().stream().map(WasmImportedItem::describe).toList()
            : List.of(),
        new TreeMap<>(module.dependencies()),
        prepared != null ? prepared.links() : List.of(),
        prepared != null
            ? prepared.code().bigFunctions().stream().map(BigFunction::describe).toList()
            : List.of(),
        handle.features(),
        catalog.declared().stream()
            .map(operation -> operation.operation().describe())
            .sorted()
            .toList(),
        fallbacks(module, catalog),
        prepared != null ? prepared.pool().stats() : PoolStats.EMPTY,
        handle.counters().snapshot(),
        handle.choices().rows(),
        handle.quarantines().status(),
        errors,
        failure != null ? failure.detail() : null);
  }

  private static Set<String> fallbacks(WasmModuleDescriptor module, OperationCatalog catalog) {
    Set<String> names = new TreeSet<>();
    module
        .fallbacks()
        .forEach(
            (name, fallback) -> {
              if (fallback.missingLibrary() == null) {
                names.add(name);
              }
            });
    catalog.declared().stream()
        .filter(operation -> operation.fallback() != null)
        .forEach(operation -> names.add(operation.operation().name()));
    return names;
  }
}
