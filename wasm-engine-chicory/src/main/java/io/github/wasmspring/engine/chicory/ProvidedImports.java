package io.github.wasmspring.engine.chicory;

import com.dylibso.chicory.runtime.GlobalInstance;
import com.dylibso.chicory.runtime.ImportFunction;
import com.dylibso.chicory.runtime.ImportGlobal;
import com.dylibso.chicory.runtime.ImportMemory;
import com.dylibso.chicory.runtime.ImportTable;
import com.dylibso.chicory.runtime.ImportTag;
import com.dylibso.chicory.runtime.ImportValues;
import com.dylibso.chicory.runtime.Memory;
import com.dylibso.chicory.runtime.TableFactory;
import com.dylibso.chicory.runtime.TagInstance;
import com.dylibso.chicory.runtime.WasmFunctionHandle;
import com.dylibso.chicory.wasm.WasmModule;
import com.dylibso.chicory.wasm.types.FunctionType;
import com.dylibso.chicory.wasm.types.Import;
import com.dylibso.chicory.wasm.types.MemoryImport;
import com.dylibso.chicory.wasm.types.MemoryLimits;
import com.dylibso.chicory.wasm.types.MutabilityType;
import com.dylibso.chicory.wasm.types.Table;
import com.dylibso.chicory.wasm.types.TableImport;
import com.dylibso.chicory.wasm.types.TagImport;
import com.dylibso.chicory.wasm.types.Value;
import io.github.wasmspring.WasmImportedItem;
import io.github.wasmspring.binary.ExternalType;
import io.github.wasmspring.internal.engine.DeclaredTypes;
import io.github.wasmspring.module.WasmGlobalDefinition;
import io.github.wasmspring.module.WasmImportDefinition;
import io.github.wasmspring.module.WasmLinkedImport;
import io.github.wasmspring.module.WasmProvidedImport;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;

/**
 * What a module is given of what it imports. Functions are those of the host; of everything else an
 * instance has its own, unless another instance gives it.
 */
final class ProvidedImports {

  private final WasmModule module;
  private final List<? extends WasmProvidedImport> provided;

  /**
   * @param provided all of it, of which the module need not import everything
   */
  ProvidedImports(
      WasmModule module,
      Collection<? extends WasmProvidedImport> provided,
      List<WasmImportedItem> imports) {
    this.module = module;
    this.provided =
        provided.stream().filter(each -> imports.stream().anyMatch(each::meets)).toList();
  }

  void addTo(
      ImportValues.Builder values,
      Function<WasmImportDefinition, WasmFunctionHandle> calls,
      Function<MemoryLimits, Memory> memoryFactory,
      TableFactory tableFactory) {
    for (WasmProvidedImport each : this.provided) {
      if (each instanceof WasmImportDefinition function) {
        values.addFunction(
            new ImportFunction(
                function.module(),
                function.name(),
                ChicoryTypes.functionType(function.type()),
                calls.apply(function)));
      } else if (each instanceof WasmGlobalDefinition global) {
        values.addGlobal(new ImportGlobal(global.module(), global.name(), newGlobal(global)));
      } else if (each instanceof WasmLinkedImport linked
          && linked.value() instanceof ChicoryExternal external) {
        link(linked, external, values);
      }
    }
    for (int i = 0; i < this.module.importSection().importCount(); i++) {
      make(this.module.importSection().getImport(i), values, memoryFactory, tableFactory);
    }
  }

  private static void link(
      WasmLinkedImport linked, ChicoryExternal external, ImportValues.Builder values) {
    String module = linked.module();
    String name = linked.name();
    if (external.declared() instanceof ExternalType.Function function) {
      FunctionType type =
          ChicoryTypes.functionType(
              Objects.requireNonNull(DeclaredTypes.function(function.signature())));
      values.addFunction(new ImportFunction(module, name, type, new LinkedCall(external, type)));
    } else if (external.declared() instanceof ExternalType.Global) {
      values.addGlobal(new ImportGlobal(module, name, external.chicory().global(external.index())));
    } else if (external.declared() instanceof ExternalType.Memory) {
      values.addMemory(new ImportMemory(module, name, external.newMemory()));
    }
  }

  private boolean isLinked(Import item) {
    return this.provided.stream()
        .anyMatch(
            each ->
                each instanceof WasmLinkedImport
                    && each.module().equals(item.module())
                    && each.name().equals(item.name()));
  }

  private void make(
      Import item,
      ImportValues.Builder values,
      Function<MemoryLimits, Memory> memoryFactory,
      TableFactory tableFactory) {
    if (isLinked(item)) {
      return;
    }
    if (item instanceof MemoryImport memory) {
      values.addMemory(
          new ImportMemory(memory.module(), memory.name(), memoryFactory.apply(memory.limits())));
    } else if (item instanceof TableImport table) {
      values.addTable(
          new ImportTable(
              table.module(),
              table.name(),
              tableFactory.create(
                  new Table(table.entryType(), table.limits()), Value.REF_NULL_VALUE)));
    } else if (item instanceof TagImport tag) {
      values.addTag(
          new ImportTag(
              tag.module(),
              tag.name(),
              new TagInstance(
                  tag.tagType(), this.module.typeSection().getType(tag.tagType().typeIdx()))));
    }
  }

  private static GlobalInstance newGlobal(WasmGlobalDefinition global) {
    return new GlobalInstance(
        global.initial().getAsLong(),
        0,
        ChicoryTypes.valType(global.type().value()),
        global.type().mutable() ? MutabilityType.Var : MutabilityType.Const);
  }
}
