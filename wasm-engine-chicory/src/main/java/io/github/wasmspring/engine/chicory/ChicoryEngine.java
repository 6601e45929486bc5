package io.github.wasmspring.engine.chicory;

import com.dylibso.chicory.wasm.Parser;
import com.dylibso.chicory.wasm.WasmModule;
import com.dylibso.chicory.wasm.types.TableLimits;
import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.WasmExternalKind;
import io.github.wasmspring.WasmImportedItem;
import io.github.wasmspring.WasmLoadException;
import io.github.wasmspring.binary.CustomSections;
import io.github.wasmspring.binary.ExternalType;
import io.github.wasmspring.binary.ModuleFacts;
import io.github.wasmspring.binary.UnusedTypes;
import io.github.wasmspring.binary.WasmFeature;
import io.github.wasmspring.engine.CompiledCodeKey;
import io.github.wasmspring.engine.CompiledCodeStore;
import io.github.wasmspring.engine.StartingSize;
import io.github.wasmspring.engine.WasmCode;
import io.github.wasmspring.engine.WasmCodeKind;
import io.github.wasmspring.engine.WasmEngine;
import io.github.wasmspring.internal.engine.DeclaredTypes;
import io.github.wasmspring.internal.engine.FeatureGate;
import io.github.wasmspring.internal.engine.RuntimeClasses;
import io.github.wasmspring.internal.engine.ThreadImport;
import io.github.wasmspring.internal.split.CostModel;
import io.github.wasmspring.internal.split.SplitModule;
import io.github.wasmspring.internal.split.WasmSplitter;
import io.github.wasmspring.load.WasmBinary;
import io.github.wasmspring.module.WasmEngineMode;
import io.github.wasmspring.module.WasmModuleSettings.Limits;
import io.github.wasmspring.module.WasmProvidedImport;
import io.github.wasmspring.split.BigFunction;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs modules with Chicory: interpreted, or compiled to JVM bytecode here or at build time. */
public final class ChicoryEngine implements WasmEngine {

  /** How many bytes of JVM bytecode its compiler makes of functions. */
  public static final CostModel COSTS = ChicoryCosts.MODEL;

  static final String NAME = "chicory";

  private static final Logger logger = LoggerFactory.getLogger(ChicoryEngine.class);

  /** About how many bytes of heap Chicory's parser needs for a byte of a module. */
  private static final int HEAP_PER_BYTE = 30;

  private static final int PRECOMPILED_WEIGHT = 64 * 1024;

  private record Compiled(CompiledForm form, WasmCode code) {}

  private final @Nullable CompiledCodeStore store;

  /** Compiles modules whenever they are asked for. */
  public ChicoryEngine() {
    this(null);
  }

  /**
   * @param store what is compiled here is kept there, {@code null} to compile it every time
   */
  public ChicoryEngine(@Nullable CompiledCodeStore store) {
    this.store = store;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public boolean compiles() {
    return RuntimeClasses.arePossible();
  }

  @Override
  public WasmCode compile(WasmBinary binary, WasmEngineMode mode) {
    return compile(binary, mode, true);
  }

  @Override
  public WasmCode compile(WasmBinary binary, WasmEngineMode mode, boolean splitBigFunctions) {
    return mode == WasmEngineMode.INTERPRETER
        ? interpreted(binary)
        : compiled(binary, splitBigFunctions);
  }

  @Override
  public Set<WasmFeature> features(WasmEngineMode mode) {
    return ChicoryFeatures.of(mode);
  }

  @Override
  public Set<WasmExternalKind> linkable() {
    return EnumSet.of(WasmExternalKind.FUNCTION, WasmExternalKind.MEMORY, WasmExternalKind.GLOBAL);
  }

  @Override
  public List<WasmImportedItem> hostImports(List<WasmImportedItem> imports) {
    return imports.stream().filter(item -> !ThreadImport.is(item)).toList();
  }

  @Override
  public void check(
      ModuleFacts module, Collection<? extends WasmProvidedImport> provided, Limits limits) {
    List<WasmImportedItem> imports = DeclaredTypes.imports(module);
    if (ThreadImport.isWanted(imports, provided)) {
      ThreadImport.check(module, limits);
    }
    StartingSize.check(module, limits);
    for (ExternalType.Table table : module.tables()) {
      if (Long.compareUnsigned(table.size().minimum(), TableLimits.LIMIT_MAX) > 0) {
        throw new WasmLoadException(
            WasmErrorCategory.MEMORY_LIMIT,
            "the module starts with a table of %s elements, and the engine %s has at most %d for a table, whatever limits.table-elements says; build it with less"
                .formatted(
                    Long.toUnsignedString(table.size().minimum()), name(), TableLimits.LIMIT_MAX),
            null);
      }
    }
  }

  private WasmCode interpreted(WasmBinary binary) {
    Set<WasmFeature> features =
        FeatureGate.check(this, WasmEngineMode.INTERPRETER, binary.facts().features());
    binary.validate();
    byte[] bytes =
        CustomSections.remove(withoutUnknownTypes(binary, WasmEngineMode.INTERPRETER).bytes());
    int weight = (int) Math.min(Integer.MAX_VALUE, (long) HEAP_PER_BYTE * bytes.length);
    WasmModule module = parse(bytes);
    try {
      return new ChicoryCode(
          WasmCodeKind.INTERPRETED,
          module,
          TracingInterpreter::new,
          weight,
          0,
          List.of(),
          features,
          binary.facts(),
          GuestFrames.interpreted());
    } catch (RuntimeException | LinkageError | StackOverflowError | OutOfMemoryError failure) {
      throw ChicoryFailures.whileCompiling(failure);
    }
  }

  private WasmCode compiled(WasmBinary binary, boolean split) {
    Compiled compiled = compileAnew(binary, split);
    if (this.store != null) {
      this.store.store(CompiledForm.key(binary, split), compiled.form().write());
    }
    return compiled.code();
  }

  @Override
  public @Nullable WasmCode stored(WasmBinary binary, boolean splitBigFunctions) {
    return this.store == null
        ? null
        : stored(this.store, CompiledForm.key(binary, splitBigFunctions), binary);
  }

  @Override
  public void forget(String digest) {
    if (this.store != null) {
      this.store.invalidate(digest);
    }
  }

  private static @Nullable WasmCode stored(
      CompiledCodeStore store, CompiledCodeKey key, WasmBinary binary) {
    byte[] bytes = store.find(key);
    if (bytes == null) {
      return null;
    }
    try {
      return code(CompiledForm.read(bytes), binary.facts());
    } catch (Throwable unusable) {
      // Whatever it is: whoever can write to the directory can make anything of what lies there.
      logger.debug("The stored code of {} can't be used", key, unusable);
      store.discard(key, "it can't be loaded (" + unusable.getMessage() + ")");
      return null;
    }
  }

  private Compiled compileAnew(WasmBinary binary, boolean splitting) {
    Set<WasmFeature> features =
        FeatureGate.check(this, WasmEngineMode.COMPILED, binary.facts().features());
    binary.validate();
    WasmBinary used = withoutUnknownTypes(binary, WasmEngineMode.COMPILED);
    byte[] bytes = used.bytes();
    ModuleFacts facts = used.facts();
    if (!splitting) {
      return compileAnew(bytes, WasmSplitter.find(bytes, facts, COSTS), features, facts);
    }
    SplitModule split = WasmSplitter.split(bytes, facts, COSTS);
    if (!split.isSplit()) {
      return compileAnew(bytes, split.functions(), features, facts);
    }
    try {
      return compileAnew(split.bytes(), split.functions(), features, facts);
    } catch (WasmLoadException refused) {
      logger.warn(
          "The module from {} is run unsplit, for the engine does not take it when it is split: {}",
          binary.location(),
          refused.detail());
      return compileAnew(bytes, WasmSplitter.find(bytes, facts, COSTS), features, facts);
    }
  }

  /** Chicory refuses some types even of modules that do nothing with them. */
  private static WasmBinary withoutUnknownTypes(WasmBinary binary, WasmEngineMode mode) {
    byte[] bytes = UnusedTypes.replace(binary.bytes(), binary.facts(), ChicoryFeatures.of(mode));
    return bytes == binary.bytes()
        ? binary
        : new WasmBinary(bytes, binary.digest(), binary.location());
  }

  private static Compiled compileAnew(
      byte[] named, List<BigFunction> bigFunctions, Set<WasmFeature> features, ModuleFacts facts) {
    byte[] bytes = CustomSections.remove(named);
    WasmModule module = parse(bytes);
    CompiledForm form;
    try {
      form = CompiledForm.compile(module, bytes, bigFunctions, features);
    } catch (RuntimeException | LinkageError | StackOverflowError | OutOfMemoryError failure) {
      throw ChicoryFailures.whileCompiling(failure);
    }
    return new Compiled(form, code(form, facts));
  }

  private static WasmCode code(CompiledForm form, ModuleFacts facts) {
    try {
      WasmModule module = form.module();
      return new ChicoryCode(
          WasmCodeKind.COMPILED,
          module,
          form.machineFactory(),
          form.weight(),
          form.metaspace(),
          form.bigFunctions(),
          form.features(),
          facts,
          GuestFrames.compiled(form.mainClass(), form.loaderName(), module, form.bigFunctions()));
    } catch (RuntimeException | LinkageError | StackOverflowError | OutOfMemoryError failure) {
      throw ChicoryFailures.whileCompiling(failure);
    }
  }

  private static WasmModule parse(byte[] bytes) {
    try {
      return Parser.parse(bytes);
    } catch (RuntimeException | AssertionError | StackOverflowError | OutOfMemoryError failure) {
      throw ChicoryFailures.whileParsing(failure);
    }
  }

  @Override
  public boolean takesPrecompiled(String className, ClassLoader classLoader) {
    return PrecompiledClass.isOrIsMissing(className, classLoader);
  }

  @Override
  public WasmCode precompiled(String className, ClassLoader classLoader) {
    try {
      PrecompiledClass compiled = PrecompiledClass.load(className, classLoader);
      HeapTypes.refuse(compiled.module());
      return new ChicoryCode(
          WasmCodeKind.PRECOMPILED,
          compiled.module(),
          compiled.machineFactory(),
          PRECOMPILED_WEIGHT,
          0,
          List.of(),
          null,
          null,
          GuestFrames.builtBefore(className));
    } catch (ReflectiveOperationException | ClassCastException | LinkageError failure) {
      throw new WasmLoadException(
          WasmErrorCategory.LOAD,
          failure instanceof ClassNotFoundException
              ? "there is no class %s, which compiled-class names; it must be what the build-time compiler made of the module"
                  .formatted(className)
              : "the class %s, which compiled-class names, is not what this version of the build-time compiler makes of a module: %s"
                  .formatted(className, failure),
          failure);
    }
  }
}
