package io.github.wasmspring.engine.chicory;

import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.Machine;
import com.dylibso.chicory.wasm.WasmModule;
import com.dylibso.chicory.wasm.types.Export;
import com.dylibso.chicory.wasm.types.ExternalType;
import com.dylibso.chicory.wasm.types.FunctionImport;
import com.dylibso.chicory.wasm.types.GlobalImport;
import com.dylibso.chicory.wasm.types.Import;
import com.dylibso.chicory.wasm.types.MemoryImport;
import com.dylibso.chicory.wasm.types.MemoryLimits;
import com.dylibso.chicory.wasm.types.Table;
import com.dylibso.chicory.wasm.types.TableImport;
import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.WasmExecutionException;
import io.github.wasmspring.WasmFunctionType;
import io.github.wasmspring.WasmImportedItem;
import io.github.wasmspring.WasmLoadException;
import io.github.wasmspring.binary.ModuleExport;
import io.github.wasmspring.binary.ModuleFacts;
import io.github.wasmspring.binary.WasmFeature;
import io.github.wasmspring.engine.MemoryCharge;
import io.github.wasmspring.engine.WasmCode;
import io.github.wasmspring.engine.WasmCodeKind;
import io.github.wasmspring.engine.WasmDirectFunction;
import io.github.wasmspring.engine.WasmExportedFunction;
import io.github.wasmspring.engine.WasmFrame;
import io.github.wasmspring.engine.WasmInstance;
import io.github.wasmspring.engine.WasmSnapshot;
import io.github.wasmspring.internal.engine.FunctionTypes;
import io.github.wasmspring.internal.engine.GuestThreads;
import io.github.wasmspring.internal.engine.MissingImports;
import io.github.wasmspring.internal.engine.ModuleExports;
import io.github.wasmspring.internal.engine.ThreadImport;
import io.github.wasmspring.module.WasmLinkedImport;
import io.github.wasmspring.module.WasmModuleSettings.Limits;
import io.github.wasmspring.module.WasmProvidedImport;
import io.github.wasmspring.split.BigFunction;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.concurrent.ThreadFactory;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A module that Chicory has parsed, with the factory of what runs it. */
final class ChicoryCode implements WasmCode {

  private final WasmCodeKind kind;
  private final WasmModule module;
  private final Function<Instance, Machine> machineFactory;
  private final int weight;
  private final int metaspace;
  private final List<BigFunction> bigFunctions;
  private final @Nullable Set<WasmFeature> features;
  private final GuestFrames frames;
  private final Map<String, WasmExportedFunction> exports;
  private final List<WasmImportedItem> imports;
  private final @Nullable ModuleFacts facts;
  private final @Nullable ModuleExports allExports;
  private final List<MemoryLimits> memories;
  private final List<Table> tables;
  private final long structure;
  private volatile @Nullable Class<?> machineClass;
  private volatile @Nullable FunctionTypes types;

  /**
   * @param features those that the module uses, {@code null} if that is not known
   * @param facts of the bytes of the module, {@code null} if only its classes are there
   */
  ChicoryCode(
      WasmCodeKind kind,
      WasmModule module,
      Function<Instance, Machine> machineFactory,
      int weight,
      int metaspace,
      List<BigFunction> bigFunctions,
      @Nullable Set<WasmFeature> features,
      @Nullable ModuleFacts facts,
      GuestFrames frames) {
    this.facts = facts;
    this.allExports = facts == null ? null : new ModuleExports(facts);
    this.frames = frames;
    this.kind = kind;
    this.module = module;
    this.machineFactory =
        instance -> {
          Machine machine = machineFactory.apply(instance);
          this.machineClass = machine.getClass();
          return machine;
        };
    this.weight = weight;
    this.metaspace = metaspace;
    this.bigFunctions = List.copyOf(bigFunctions);
    this.features = features;
    this.imports = readImports(module);
    this.exports = readExports(module);
    this.memories = memories(module);
    this.tables = tables(module);
    this.structure = InstanceStructure.bytes(module);
  }

  @Override
  public String engine() {
    return this.kind.describe(ChicoryEngine.NAME);
  }

  @Override
  public WasmCodeKind kind() {
    return this.kind;
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
  public List<WasmImportedItem> hostImports() {
    return this.imports.stream().filter(item -> !ThreadImport.is(item)).toList();
  }

  @Override
  public List<BigFunction> bigFunctions() {
    return this.bigFunctions;
  }

  @Override
  public @Nullable WasmDirectFunction direct(int function) {
    Class<?> machine = this.machineClass;
    if (machine == null || this.imports.stream().anyMatch(ThreadImport::is)) {
      return null;
    }
    return this.exports.values().stream()
        .filter(export -> export.index() == function)
        .findFirst()
        .map(export -> direct(machine, export))
        .orElse(null);
  }

  private @Nullable WasmDirectFunction direct(Class<?> machine, WasmExportedFunction export) {
    int index = 0;
    for (int i = 0; i < this.module.exportSection().exportCount(); i++) {
      Export declared = this.module.exportSection().getExport(i);
      if (declared.exportType() == ExternalType.FUNCTION && declared.name().equals(export.name())) {
        index = declared.index();
      }
    }
    return DirectFunctions.of(machine, index, export.type());
  }

  @Override
  public @Nullable ModuleFacts facts() {
    return this.facts;
  }

  @Override
  public @Nullable Set<WasmFeature> features() {
    return this.features;
  }

  @Override
  public int functionAt(StackTraceElement frame) {
    return this.frames.functionAt(frame);
  }

  @Override
  public boolean isPieceAt(StackTraceElement frame) {
    return this.frames.isPieceAt(frame);
  }

  @Override
  public List<WasmFrame> framesOf(Throwable failure, int most) {
    List<WasmFrame> interpreted = TracingInterpreter.framesOf(failure, this.module, most);
    return interpreted.isEmpty() ? WasmCode.super.framesOf(failure, most) : interpreted;
  }

  @Override
  public @Nullable String exportOf(int function) {
    for (int i = 0; i < this.module.exportSection().exportCount(); i++) {
      Export export = this.module.exportSection().getExport(i);
      if (export.exportType() == ExternalType.FUNCTION && export.index() == function) {
        return export.name();
      }
    }
    return null;
  }

  private @Nullable FunctionTypes types() {
    FunctionTypes known = this.types;
    if (known == null && this.facts != null) {
      known = new FunctionTypes(this.facts);
      this.types = known;
    }
    return known;
  }

  /**
   * What an instance exports itself, or imports and exports again.
   *
   * @throws NoSuchElementException if it exports nothing under the name
   * @throws UnsupportedOperationException if the engine can't link that
   */
  ChicoryExternal external(ChicoryInstance instance, String export) {
    FunctionTypes known = types();
    if (this.allExports == null || known == null) {
      throw new UnsupportedOperationException(
          "The classes of the module were made in the build, which do not say all that '%s' is; give the module a location instead"
              .formatted(export));
    }
    ModuleExport found = this.allExports.named(export);
    String reason = ChicoryLinkCheck.reason(found.type());
    if (reason != null) {
      throw new UnsupportedOperationException(
          "There is no '%s' for other instances: %s; use the engine jvm".formatted(export, reason));
    }
    return new ChicoryExternal(instance, known, found.type(), found.index());
  }

  @Override
  public boolean hasMemory() {
    return !this.memories.isEmpty();
  }

  @Override
  public long footprint(Limits limits) {
    return footprint(List.of(), limits);
  }

  @Override
  public long footprint(Collection<? extends WasmProvidedImport> provided, Limits limits) {
    return this.structure + InstanceStorage.footprint(own(provided), this.tables, limits);
  }

  /** The memories that an instance has itself; imported ones are the first. */
  private List<MemoryLimits> own(Collection<? extends WasmProvidedImport> provided) {
    if (provided.stream().noneMatch(WasmLinkedImport.class::isInstance)) {
      return this.memories;
    }
    List<MemoryLimits> own = new ArrayList<>(this.memories);
    int index = own.size() - 1;
    List<WasmImportedItem> imported =
        this.imports.stream().filter(item -> item.kind().equals("memory")).toList();
    for (; index >= 0; index--) {
      if (index < imported.size() && isOfOther(imported.get(index), provided)) {
        own.remove(index);
      }
    }
    return own;
  }

  private static boolean isOfOther(
      WasmImportedItem item, Collection<? extends WasmProvidedImport> provided) {
    return provided.stream().anyMatch(each -> each instanceof WasmLinkedImport && each.meets(item));
  }

  @Override
  public int weight() {
    return this.weight;
  }

  @Override
  public int metaspace() {
    return this.metaspace;
  }

  @Override
  public void check(Collection<? extends WasmProvidedImport> provided, Limits limits) {
    boolean threads = ThreadImport.isWanted(this.imports, provided);
    if (threads) {
      WasmExportedFunction start = this.exports.get(ThreadImport.START);
      ThreadImport.check(
          start == null ? null : start.type(),
          this.memories.size() == 1 && this.memories.get(0).shared(),
          limits);
    }
    MissingImports.refuse(threads ? hostImports() : this.imports, provided, Map.of());
    if (provided.stream().anyMatch(WasmLinkedImport.class::isInstance)) {
      new ChicoryLinkCheck(this.imports, this.facts, types(), threads).check(provided);
    }
    footprint(provided, limits);
  }

  @Override
  public WasmInstance instantiate(
      Collection<? extends WasmProvidedImport> provided,
      Limits limits,
      MemoryCharge charge,
      boolean resettable,
      ThreadFactory threads) {
    return instantiate(provided, limits, charge, resettable, threads, null);
  }

  @Override
  public WasmInstance instantiate(
      Collection<? extends WasmProvidedImport> provided,
      Limits limits,
      MemoryCharge charge,
      boolean resettable,
      ThreadFactory threads,
      @Nullable String first) {
    return instantiate(
        provided,
        limits,
        charge,
        threads,
        (made, instance, storage) -> made.attach(instance, storage, resettable, first));
  }

  @Override
  public WasmInstance instantiate(
      Collection<? extends WasmProvidedImport> provided,
      Limits limits,
      MemoryCharge charge,
      ThreadFactory threads,
      WasmSnapshot from) {
    if (!(from instanceof ChicorySnapshot snapshot) || !snapshot.isOf(this)) {
      throw new IllegalArgumentException("An instance can begin only as one of its own code was");
    }
    return instantiate(
        provided,
        limits,
        charge,
        threads,
        (made, instance, storage) -> {
          if (!made.attach(instance, storage, snapshot)) {
            throw new WasmLoadException(
                WasmErrorCategory.MEMORY_LIMIT,
                "there is no room for the memory that a prepared instance begins with; raise limits.memory or wasm.memory.budget",
                null);
          }
        });
  }

  /** Makes an instance of ours what it is to be at first. */
  private interface Attachment {
    void attach(ChicoryInstance made, Instance instance, InstanceStorage storage);
  }

  private WasmInstance instantiate(
      Collection<? extends WasmProvidedImport> provided,
      Limits limits,
      MemoryCharge charge,
      ThreadFactory threads,
      Attachment attachment) {
    check(provided, limits);
    InstanceStorage storage = new InstanceStorage(limits, charge);
    InstanceAssembly assembly =
        new InstanceAssembly(
            this.module,
            this.machineFactory,
            new ProvidedImports(this.module, provided, this.imports),
            storage);
    GuestThreads guestThreads =
        ThreadImport.isWanted(this.imports, provided)
            ? new GuestThreads(
                threads, limits.guestThreads(), new ThreadBody(this.tables, storage, assembly))
            : null;
    ChicoryInstance instance = new ChicoryInstance(this, provided, guestThreads);
    boolean made = false;
    try {
      attachment.attach(instance, assembly.forCaller(instance, guestThreads), storage);
      made = true;
      return instance;
    } catch (StackOverflowError failure) {
      throw new WasmExecutionException(
          WasmErrorCategory.STACK_OVERFLOW,
          "the start function of the module recursed too deeply",
          failure);
    } catch (OutOfMemoryError full) {
      throw new WasmLoadException(
          WasmErrorCategory.MEMORY_LIMIT,
          "the JVM has no room for the %d bytes of memory that an instance starts with"
              .formatted(footprint(provided, limits)),
          full);
    } catch (WasmLoadException limit) {
      throw limit;
    } catch (RuntimeException failure) {
      throw ChicoryFailures.whileInstantiating(failure, isOfGuest(failure));
    } finally {
      if (!made) {
        instance.close();
      }
    }
  }

  private boolean isOfGuest(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (!framesOf(cause, 1).isEmpty()) {
        return true;
      }
    }
    return false;
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
              item.module(),
              item.name(),
              item.importType().name().toLowerCase(Locale.ROOT),
              type,
              item instanceof GlobalImport global ? ChicoryTypes.globalType(global) : null));
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

  private static List<MemoryLimits> memories(WasmModule module) {
    List<MemoryLimits> memories = new ArrayList<>();
    for (int i = 0; i < module.importSection().importCount(); i++) {
      if (module.importSection().getImport(i) instanceof MemoryImport memory) {
        memories.add(memory.limits());
      }
    }
    module
        .memorySection()
        .ifPresent(
            section -> {
              for (int i = 0; i < section.memoryCount(); i++) {
                memories.add(section.getMemory(i).limits());
              }
            });
    return memories;
  }

  private static List<Table> tables(WasmModule module) {
    List<Table> tables = new ArrayList<>();
    for (int i = 0; i < module.importSection().importCount(); i++) {
      if (module.importSection().getImport(i) instanceof TableImport table) {
        tables.add(new Table(table.entryType(), table.limits()));
      }
    }
    for (int i = 0; i < module.tableSection().tableCount(); i++) {
      tables.add(module.tableSection().getTable(i));
    }
    return tables;
  }
}
