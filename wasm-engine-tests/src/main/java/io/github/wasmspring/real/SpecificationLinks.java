package io.github.wasmspring.real;

import io.github.wasmspring.WasmFunctionType;
import io.github.wasmspring.WasmGlobalType;
import io.github.wasmspring.WasmHostFunction;
import io.github.wasmspring.WasmImportedItem;
import io.github.wasmspring.WasmValueType;
import io.github.wasmspring.binary.ExternalType;
import io.github.wasmspring.binary.ModuleExport;
import io.github.wasmspring.binary.ModuleFacts;
import io.github.wasmspring.engine.WasmCode;
import io.github.wasmspring.engine.WasmExportedFunction;
import io.github.wasmspring.engine.WasmInstance;
import io.github.wasmspring.internal.engine.DeclaredTypes;
import io.github.wasmspring.module.WasmGlobalDefinition;
import io.github.wasmspring.module.WasmImportDefinition;
import io.github.wasmspring.module.WasmProvidedImport;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What modules of a script import from each other, as far as the host can hand it on: functions of
 * numbers, and globals that hold a number for ever.
 */
final class SpecificationLinks {

  /** What a module exports. */
  record Exporter(ModuleFacts facts, WasmCode code, WasmInstance instance) {}

  private final Map<String, @Nullable Exporter> exporters = new HashMap<>();

  /**
   * @param exporter {@code null} if there is no instance, so that nothing can be imported
   */
  void register(String name, @Nullable Exporter exporter) {
    this.exporters.put(name, exporter);
  }

  /** Whether others may import from a module, or it from others. */
  boolean concern(@Nullable Exporter module) {
    return module != null
        && (this.exporters.containsValue(module)
            || module.code().imports().stream()
                .anyMatch(item -> this.exporters.containsKey(item.module())));
  }

  /**
   * What instances of a module are given; what does not fit is left out, so that there are none.
   *
   * @return {@code null} if they would have to share more than the host can hand on
   */
  @Nullable List<WasmProvidedImport> imports(WasmCode importer) {
    List<WasmProvidedImport> provided = new ArrayList<>(SpecificationHost.IMPORTS);
    for (WasmImportedItem item : importer.imports()) {
      if (!this.exporters.containsKey(item.module())) {
        continue;
      }
      Exporter exporter = this.exporters.get(item.module());
      ExternalType exported = exporter == null ? null : exported(exporter, item.name());
      if (exporter == null || exported != null && isShared(item, exported)) {
        return null;
      }
      if (exported instanceof ExternalType.Function) {
        provided.add(function(item, exporter));
      } else if (exported instanceof ExternalType.Global global && !global.mutable()) {
        provided.add(global(item, global, exporter));
      }
    }
    return provided;
  }

  private static @Nullable ExternalType exported(Exporter exporter, String name) {
    return exporter.facts().exports().stream()
        .filter(export -> export.name().equals(name))
        .map(ModuleExport::type)
        .findFirst()
        .orElse(null);
  }

  /** Whether what is imported is of the kind that is exported, and the host can't hand it on. */
  private static boolean isShared(WasmImportedItem item, ExternalType exported) {
    if (exported instanceof ExternalType.Function function) {
      return item.type() != null
          && !(areNumbers(item.type())
              && areNumbers(Objects.requireNonNull(DeclaredTypes.function(function.signature()))));
    }
    if (exported instanceof ExternalType.Global global) {
      return item.global() != null
          && (global.mutable()
              || !isNumber(item.global().value())
              || !isNumber(DeclaredTypes.value(global.value())));
    }
    return exported.kind().equals(item.kind());
  }

  private static boolean areNumbers(WasmFunctionType type) {
    return Stream.concat(type.params().stream(), type.results().stream())
        .allMatch(SpecificationLinks::isNumber);
  }

  private static boolean isNumber(WasmValueType type) {
    return type.ordinal() <= WasmValueType.F64.ordinal();
  }

  private static WasmProvidedImport function(WasmImportedItem item, Exporter exporter) {
    WasmExportedFunction function =
        Objects.requireNonNull(exporter.code().exports().get(item.name()));
    WasmHostFunction call =
        (caller, arguments) -> {
          long[] results = exporter.instance().call(function.index(), arguments);
          return results == null ? new long[0] : results;
        };
    return new WasmImportDefinition(item.module(), item.name(), function.type(), call);
  }

  private static WasmProvidedImport global(
      WasmImportedItem item, ExternalType.Global exported, Exporter exporter) {
    WasmGlobalType type = DeclaredTypes.global(exported);
    return new WasmGlobalDefinition(
        item.module(), item.name(), type, exporter.instance().global(item.name())::get);
  }
}
