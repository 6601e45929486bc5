package io.github.wasmspring.internal.engine.jvm.instance;

import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.WasmException;
import io.github.wasmspring.WasmExternalKind;
import io.github.wasmspring.WasmFunctionType;
import io.github.wasmspring.WasmImportedItem;
import io.github.wasmspring.WasmLoadException;
import io.github.wasmspring.binary.ModuleFacts;
import io.github.wasmspring.binary.WasmFeature;
import io.github.wasmspring.engine.MemoryCharge;
import io.github.wasmspring.engine.WasmCode;
import io.github.wasmspring.engine.WasmCodeKind;
import io.github.wasmspring.engine.WasmCompileProgress;
import io.github.wasmspring.engine.WasmDirectFunction;
import io.github.wasmspring.engine.WasmExportedFunction;
import io.github.wasmspring.engine.WasmInstance;
import io.github.wasmspring.engine.WasmSnapshot;
import io.github.wasmspring.internal.engine.DeclaredTypes;
import io.github.wasmspring.internal.engine.ModuleExports;
import io.github.wasmspring.internal.engine.jvm.module.ExportedFunctions;
import io.github.wasmspring.internal.engine.jvm.module.GuestModule;
import io.github.wasmspring.internal.engine.jvm.module.InitialData;
import io.github.wasmspring.internal.engine.jvm.module.ModuleContents;
import io.github.wasmspring.internal.engine.jvm.module.OwnStorage;
import io.github.wasmspring.internal.engine.jvm.module.StructureBytes;
import io.github.wasmspring.internal.engine.jvm.run.Failures;
import io.github.wasmspring.module.WasmModuleSettings.Limits;
import io.github.wasmspring.module.WasmProvidedImport;
import io.github.wasmspring.split.BigFunction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ThreadFactory;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A validated module, whose functions are generated when they are called. */
public final class JvmCode implements WasmCode {

  /** What the engine is called. */
  public static final String ENGINE = "jvm";

  final GuestModule module;
  final ModuleContents contents;
  final RoomyForm roomy;
  private final LinkedForms linked;
  final ExportedFunctions exports;
  final ModuleExports allExports;

  /** As if all functions were called, 3.5 to 3.6 bytes were measured for each of the code. */
  private static final long METASPACE_PER_BYTE = 4;

  private final WasmCodeKind kind;
  private final GuestCode exact;
  private final Set<WasmFeature> features;
  private final Supplier<List<BigFunction>> big;
  private final ImportLinker imports;
  private final long structure;

  private volatile InitialData @Nullable [] initialData;
  private int fingerprint;

  public JvmCode(
      WasmCodeKind kind,
      GuestCode exact,
      ModuleContents contents,
      RoomyForm roomy,
      LinkedForms linked,
      Set<WasmFeature> features,
      Supplier<List<BigFunction>> big) {
    this.kind = kind;
    this.module = exact.module;
    this.contents = contents;
    this.exact = exact;
    this.roomy = roomy;
    this.linked = linked;
    this.features = features;
    this.big = big;
    this.exports = new ExportedFunctions(this.module.facts);
    this.allExports = new ModuleExports(this.module.facts);
    this.imports = new ImportLinker(this.module);
    this.structure = StructureBytes.bytes(this.module.facts);
  }

  WasmFunctionType functionType(int function) {
    return Objects.requireNonNull(
        DeclaredTypes.function(
            this.module.facts.type(this.module.facts.functionTypeIndex(function))));
  }

  /** Tells what was saved of one module from what was saved of another. */
  int fingerprint() {
    int known = this.fingerprint;
    if (known == 0) {
      known = Arrays.hashCode(this.module.bytes);
      this.fingerprint = known;
    }
    return known;
  }

  /** Asked for when there is an instance. */
  InitialData[] initialData() {
    InitialData[] known = this.initialData;
    if (known == null) {
      known = InitialData.of(this.module, this.contents);
      this.initialData = known;
    }
    return known;
  }

  /** What an instance runs that begins now. */
  private GuestCode current(LinkedImports given) {
    boolean roomy = this.roomy.code() != null || needsRoom(given);
    if (given.linkMutableGlobals()) {
      return this.linked.code(roomy);
    }
    return roomy ? this.roomy.require() : this.exact;
  }

  /** Whether arrays of other instances may be longer than their memories. */
  private boolean needsRoom(LinkedImports given) {
    for (int i = 0; i < given.count(WasmExternalKind.MEMORY); i++) {
      JvmExternal memory = given.linked(WasmExternalKind.MEMORY, i);
      if (memory != null && memory.memory().isRoomy() && !this.module.memory(i).isRoomy()) {
        return true;
      }
    }
    return false;
  }

  /** All forms that have been made. */
  private List<GuestCode> forms() {
    List<GuestCode> forms = new ArrayList<>();
    forms.add(this.exact);
    GuestCode roomy = this.roomy.code();
    if (roomy != null) {
      forms.add(roomy);
    }
    forms.addAll(this.linked.all());
    return forms;
  }

  @Override
  public String engine() {
    return kind().describe(ENGINE);
  }

  @Override
  public WasmCodeKind kind() {
    return this.kind;
  }

  @Override
  public Map<String, WasmExportedFunction> exports() {
    return this.exports.byName();
  }

  @Override
  public List<WasmImportedItem> imports() {
    return this.imports.imports();
  }

  @Override
  public List<WasmImportedItem> hostImports() {
    return this.imports.hostImports();
  }

  @Override
  public List<BigFunction> bigFunctions() {
    return this.big.get();
  }

  @Override
  public @Nullable WasmDirectFunction direct(int function) {
    boolean possible =
        !this.imports.importsThreads()
            && this.module.signatureOf(this.exports.index(function)).isDirect();
    return possible ? this.exact.entry(this.exports.index(function)) : null;
  }

  @Override
  public ModuleFacts facts() {
    return this.module.facts;
  }

  @Override
  public Set<WasmFeature> features() {
    return this.features;
  }

  @Override
  public int functionAt(StackTraceElement frame) {
    for (GuestCode form : forms()) {
      int function = form.frames.functionAt(frame);
      if (function != NO_FUNCTION) {
        return function;
      }
    }
    return NO_FUNCTION;
  }

  @Override
  public boolean isPieceAt(StackTraceElement frame) {
    return forms().stream().anyMatch(form -> form.frames.isPieceAt(frame));
  }

  @Override
  public boolean isLinkAt(StackTraceElement frame) {
    return forms().stream().anyMatch(form -> form.frames.isLinkAt(frame));
  }

  @Override
  public int offsetAt(StackTraceElement frame) {
    for (GuestCode form : forms()) {
      int offset = form.offsets.at(frame);
      if (offset != UNKNOWN_OFFSET) {
        return offset;
      }
    }
    return UNKNOWN_OFFSET;
  }

  @Override
  public @Nullable String exportOf(int function) {
    return this.exports.nameOf(function);
  }

  @Override
  public boolean compileAll(WasmCompileProgress progress) {
    return this.exact.compileAll(progress);
  }

  @Override
  public boolean hasMemory() {
    return !this.module.facts.memories().isEmpty();
  }

  @Override
  public long footprint(Limits limits) {
    return footprint(List.of(), limits);
  }

  @Override
  public long footprint(Collection<? extends WasmProvidedImport> provided, Limits limits) {
    OwnStorage own = OwnStorage.of(this.module.facts, provided);
    StorageLimits.check(own, limits);
    return this.structure + own.bytes();
  }

  @Override
  public int weight() {
    return (int) Math.min(Integer.MAX_VALUE, heap() + metaspace());
  }

  private long heap() {
    return 2L * this.module.bytes.length + this.contents.keptBytes();
  }

  /**
   * As if all functions were called; what the build made, no other module can take the place of.
   */
  @Override
  public int metaspace() {
    if (this.kind == WasmCodeKind.PRECOMPILED) {
      return 0;
    }
    return (int) Math.min(Integer.MAX_VALUE / 2, this.module.facts.codeSize() * METASPACE_PER_BYTE);
  }

  @Override
  public void check(Collection<? extends WasmProvidedImport> provided, Limits limits) {
    this.imports.check(provided, limits);
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
    JvmInstance instance = filled(provided, limits, charge, threads);
    try {
      instance.start(first);
      if (resettable) {
        instance.remember();
      }
      return instance;
    } catch (RuntimeException | VirtualMachineError failure) {
      instance.abandon();
      WasmException known = Failures.of(failure);
      if (known.category() == WasmErrorCategory.INTERRUPTED) {
        throw known;
      }
      throw new WasmLoadException(
          WasmErrorCategory.INSTANTIATION,
          "the module can't be instantiated, its start function failed: " + known.detail(),
          failure);
    }
  }

  @Override
  public WasmInstance instantiate(
      Collection<? extends WasmProvidedImport> provided,
      Limits limits,
      MemoryCharge charge,
      ThreadFactory threads,
      WasmSnapshot from) {
    if (!(from instanceof JvmSnapshot snapshot) || snapshot.code() != this) {
      throw new IllegalArgumentException("An instance can begin only as one of its own code was");
    }
    JvmInstance instance = filled(provided, limits, charge, threads);
    if (!instance.begin(snapshot.state())) {
      instance.close();
      throw new WasmLoadException(
          WasmErrorCategory.MEMORY_LIMIT,
          "there is no room for the memory that a prepared instance begins with; raise limits.memory or wasm.memory.budget",
          null);
    }
    return instance;
  }

  /** One of which no code has run. */
  private JvmInstance filled(
      Collection<? extends WasmProvidedImport> provided,
      Limits limits,
      MemoryCharge charge,
      ThreadFactory threads) {
    long footprint = footprint(provided, limits);
    LinkedImports given = this.imports.link(provided, limits);
    try {
      JvmInstance instance = new JvmInstance(this, current(given), given);
      instance.fill(limits, charge);
      if (this.imports.wantsThreads(provided)) {
        instance.allowThreads(threads, limits.guestThreads());
      }
      return instance;
    } catch (OutOfMemoryError full) {
      throw new WasmLoadException(
          WasmErrorCategory.MEMORY_LIMIT,
          "the JVM has no room for the %d bytes of memory that an instance starts with"
              .formatted(footprint),
          full);
    } catch (WasmException known) {
      throw known;
    } catch (RuntimeException failure) {
      // A trap, or what the host was asked for a global.
      throw new WasmLoadException(
          WasmErrorCategory.INSTANTIATION,
          "the module can't be instantiated: " + failure.getMessage(),
          failure);
    }
  }
}
