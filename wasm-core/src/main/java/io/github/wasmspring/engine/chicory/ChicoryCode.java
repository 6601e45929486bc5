package io.github.wasmspring.engine.chicory;

import com.dylibso.chicory.runtime.ByteArrayMemory;
import com.dylibso.chicory.runtime.ImportFunction;
import com.dylibso.chicory.runtime.ImportMemory;
import com.dylibso.chicory.runtime.ImportValues;
import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.Machine;
import com.dylibso.chicory.runtime.Memory;
import com.dylibso.chicory.wasm.WasmModule;
import com.dylibso.chicory.wasm.types.Export;
import com.dylibso.chicory.wasm.types.ExternalType;
import com.dylibso.chicory.wasm.types.FunctionImport;
import com.dylibso.chicory.wasm.types.FunctionType;
import com.dylibso.chicory.wasm.types.Import;
import com.dylibso.chicory.wasm.types.MemoryImport;
import com.dylibso.chicory.wasm.types.MemoryLimits;
import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.WasmFunctionType;
import io.github.wasmspring.WasmLoadException;
import io.github.wasmspring.engine.WasmCode;
import io.github.wasmspring.engine.WasmExportedFunction;
import io.github.wasmspring.engine.WasmImportedItem;
import io.github.wasmspring.engine.WasmInstance;
import io.github.wasmspring.module.WasmImportDefinition;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A module that Chicory has parsed, with the factory of what runs it. */
final class ChicoryCode implements WasmCode {

  private final String engine;
  private final WasmModule module;
  private final Function<Instance, Machine> machineFactory;
  private final int weight;
  private final Map<String, WasmExportedFunction> exports;
  private final List<WasmImportedItem> imports;
  private final @Nullable MemoryImport importedMemory;
  private final @Nullable MemoryLimits memory;

  ChicoryCode(
      String engine, WasmModule module, Function<Instance, Machine> machineFactory, int weight) {
    this.engine = engine;
    this.module = module;
    this.machineFactory = machineFactory;
    this.weight = weight;
    this.imports = readImports(module);
    this.exports = readExports(module);
    this.importedMemory = importedMemory(module);
    this.memory = memoryLimits(module, this.importedMemory);
  }

  @Override
  public String engine() {
    return this.engine;
  }

  @Override
  public Map<String, WasmExportedFunction> exports() {
    return this.exports;
  }

  @Override
  public List<WasmImportedItem> imports() {
    return this.imports;
  }

  @Override
  public boolean hasMemory() {
    return this.memory != null;
  }

  @Override
  public long initialMemory() {
    return this.memory != null ? (long) Memory.PAGE_SIZE * this.memory.initialPages() : 0;
  }

  @Override
  public int weight() {
    return this.weight;
  }

  @Override
  public void check(Collection<WasmImportDefinition> provided, long memoryLimit) {
    ImportLinker.check(this.imports, provided);
    if (this.memory != null) {
      capped(this.memory, memoryLimit);
    }
  }

  @Override
  public WasmInstance instantiate(
      Collection<WasmImportDefinition> provided, long memoryLimit, boolean resettable) {
    ImportLinker.check(this.imports, provided);
    ChicoryInstance instance = new ChicoryInstance(this.exports.values());
    boolean made = false;
    try {
      MemoryLimits limits = this.memory == null ? null : capped(this.memory, memoryLimit);
      Instance.Builder builder =
          Instance.builder(this.module)
              .withMachineFactory(this.machineFactory)
              .withMemoryFactory(ChicoryCode::newMemory)
              .withImportValues(importValues(instance, provided, limits))
              .withStart(false);
      if (limits != null && this.importedMemory == null) {
        builder.withMemoryLimits(limits);
      }
      instance.attach(builder.build(), resettable);
      made = true;
      return instance;
    } catch (StackOverflowError failure) {
      throw ChicoryFailures.stackOverflow(failure);
    } catch (OutOfMemoryError full) {
      throw new WasmLoadException(
          WasmErrorCategory.MEMORY_LIMIT,
          "the heap has no room for the %d bytes of memory that an instance starts with"
              .formatted(initialMemory()),
          full);
    } catch (WasmLoadException limit) {
      throw limit;
    } catch (RuntimeException failure) {
      throw ChicoryFailures.whileInstantiating(failure);
    } finally {
      if (!made) {
        instance.close();
      }
    }
  }

  private static MemoryLimits capped(MemoryLimits declared, long memoryLimit) {
    long pages = Math.min(memoryLimit / Memory.PAGE_SIZE, Memory.RUNTIME_MAX_PAGES);
    if (declared.initialPages() > pages) {
      throw new WasmLoadException(
          WasmErrorCategory.MEMORY_LIMIT,
          "the module starts with %d bytes of memory, but may have only %d; raise the memory limit of the module (limits.memory) or build it with less"
              .formatted((long) Memory.PAGE_SIZE * declared.initialPages(), memoryLimit),
          null);
    }
    return new MemoryLimits(
        declared.initialPages(), (int) Math.min(declared.maximumPages(), pages), declared.shared());
  }

  private static Memory newMemory(MemoryLimits limits) {
    return limits.shared() ? new ByteArrayMemory(limits) : new ContiguousMemory(limits);
  }

  private ImportValues importValues(
      ChicoryInstance instance,
      Collection<WasmImportDefinition> provided,
      @Nullable MemoryLimits limits) {
    ImportValues.Builder values = ImportValues.builder();
    for (WasmImportDefinition definition : provided) {
      if (isImported(definition)) {
        FunctionType type = ChicoryTypes.functionType(definition.type());
        values.addFunction(
            new ImportFunction(
                definition.module(), definition.name(), type, new HostCall(definition, instance)));
      }
    }
    if (this.importedMemory != null && limits != null) {
      values.addMemory(
          new ImportMemory(
              this.importedMemory.module(), this.importedMemory.name(), newMemory(limits)));
    }
    return values.build();
  }

  private boolean isImported(WasmImportDefinition definition) {
    return this.imports.stream()
        .anyMatch(
            item ->
                item.module().equals(definition.module()) && item.name().equals(definition.name()));
  }

  private static List<WasmImportedItem> readImports(WasmModule module) {
    List<WasmImportedItem> items = new ArrayList<>();
    for (int i = 0; i < module.importSection().importCount(); i++) {
      Import item = module.importSection().getImport(i);
      WasmFunctionType type =
          item instanceof FunctionImport function
              ? ChicoryTypes.functionType(module.typeSection().getType(function.typeIndex()))
              : null;
      items.add(
          new WasmImportedItem(
              item.module(), item.name(), item.importType().name().toLowerCase(Locale.ROOT), type));
    }
    return List.copyOf(items);
  }

  private static Map<String, WasmExportedFunction> readExports(WasmModule module) {
    Map<String, WasmExportedFunction> functions = new LinkedHashMap<>();
    List<FunctionImport> imported = new ArrayList<>();
    for (int i = 0; i < module.importSection().importCount(); i++) {
      if (module.importSection().getImport(i) instanceof FunctionImport function) {
        imported.add(function);
      }
    }
    for (int i = 0; i < module.exportSection().exportCount(); i++) {
      Export export = module.exportSection().getExport(i);
      if (export.exportType() == ExternalType.FUNCTION) {
        int typeIndex =
            export.index() < imported.size()
                ? imported.get(export.index()).typeIndex()
                : module.functionSection().getFunctionType(export.index() - imported.size());
        WasmFunctionType type = ChicoryTypes.functionType(module.typeSection().getType(typeIndex));
        functions.put(
            export.name(), new WasmExportedFunction(export.name(), functions.size(), type));
      }
    }
    return Collections.unmodifiableMap(functions);
  }

  private static @Nullable MemoryImport importedMemory(WasmModule module) {
    for (int i = 0; i < module.importSection().importCount(); i++) {
      if (module.importSection().getImport(i) instanceof MemoryImport memory) {
        return memory;
      }
    }
    return null;
  }

  private static @Nullable MemoryLimits memoryLimits(
      WasmModule module, @Nullable MemoryImport imported) {
    if (imported != null) {
      return imported.limits();
    }
    return module
        .memorySection()
        .filter(section -> section.memoryCount() > 0)
        .map(section -> section.getMemory(0).limits())
        .orElse(null);
  }
}
