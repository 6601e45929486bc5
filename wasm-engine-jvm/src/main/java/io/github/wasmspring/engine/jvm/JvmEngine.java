package io.github.wasmspring.engine.jvm;

import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.WasmExternalKind;
import io.github.wasmspring.WasmImportedItem;
import io.github.wasmspring.WasmLoadException;
import io.github.wasmspring.binary.ModuleFacts;
import io.github.wasmspring.binary.WasmFeature;
import io.github.wasmspring.engine.CompiledCodeStore;
import io.github.wasmspring.engine.WasmCode;
import io.github.wasmspring.engine.WasmEngine;
import io.github.wasmspring.engine.WasmSimdForm;
import io.github.wasmspring.internal.engine.DeclaredTypes;
import io.github.wasmspring.internal.engine.FeatureGate;
import io.github.wasmspring.internal.engine.RuntimeClasses;
import io.github.wasmspring.internal.engine.ThreadImport;
import io.github.wasmspring.internal.engine.jvm.classes.BuiltModule;
import io.github.wasmspring.internal.engine.jvm.classes.BuiltModules;
import io.github.wasmspring.internal.engine.jvm.classes.CodeAssembly;
import io.github.wasmspring.internal.engine.jvm.classes.EngineThreads;
import io.github.wasmspring.internal.engine.jvm.instance.JvmCode;
import io.github.wasmspring.internal.engine.jvm.instance.StorageLimits;
import io.github.wasmspring.internal.engine.jvm.module.OwnStorage;
import io.github.wasmspring.internal.engine.jvm.module.VectorUse;
import io.github.wasmspring.load.WasmBinary;
import io.github.wasmspring.module.WasmEngineMode;
import io.github.wasmspring.module.WasmModuleSettings.Limits;
import io.github.wasmspring.module.WasmProvidedImport;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes JVM bytecode of functions when they are first called. There is no interpreter, so that both
 * modes are the same.
 */
public final class JvmEngine implements WasmEngine {

  private static final Logger logger = LoggerFactory.getLogger(JvmEngine.class);

  private static final Set<WasmFeature> FEATURES =
      Collections.unmodifiableSet(
          EnumSet.of(
              WasmFeature.MUTABLE_GLOBALS,
              WasmFeature.SIGN_EXTENSION,
              WasmFeature.NONTRAPPING_FLOAT_TO_INT,
              WasmFeature.MULTI_VALUE,
              WasmFeature.BULK_MEMORY,
              WasmFeature.REFERENCE_TYPES,
              WasmFeature.EXTENDED_CONST,
              WasmFeature.MULTI_MEMORY,
              WasmFeature.CUSTOM_PAGE_SIZES,
              WasmFeature.MEMORY64,
              WasmFeature.WIDE_ARITHMETIC,
              WasmFeature.THREADS,
              WasmFeature.TAIL_CALL,
              WasmFeature.EXCEPTION_HANDLING,
              WasmFeature.LEGACY_EXCEPTION_HANDLING,
              WasmFeature.TYPED_FUNCTION_REFERENCES,
              WasmFeature.SIMD,
              WasmFeature.RELAXED_SIMD));

  private final CodeAssembly assembly;

  /** Makes the classes of a module in each process. */
  public JvmEngine() {
    this((CompiledCodeStore) null);
  }

  /**
   * @param store what is made here is kept there, {@code null} to make it every time
   */
  public JvmEngine(@Nullable CompiledCodeStore store) {
    this(store, WasmSimdForm.ofProperty());
  }

  /**
   * @param store as above
   * @param simd what vectors are in code
   * @throws IllegalArgumentException if this JVM does not have that
   */
  public JvmEngine(@Nullable CompiledCodeStore store, WasmSimdForm simd) {
    this(
        new CodeAssembly(
            EngineThreads.named("wasm-generator"),
            EngineThreads.named("wasm-preparer"),
            store,
            VectorUse.of(simd)));
  }

  JvmEngine(Executor generators, Executor preparers) {
    this(new CodeAssembly(generators, preparers, null, VectorUse.of(WasmSimdForm.ofProperty())));
  }

  JvmEngine(CodeAssembly assembly) {
    this.assembly = assembly;
  }

  @Override
  public void close() {
    this.assembly.save();
  }

  @Override
  public String name() {
    return JvmCode.ENGINE;
  }

  @Override
  public boolean compiles() {
    return RuntimeClasses.arePossible();
  }

  @Override
  public boolean interprets() {
    return false;
  }

  @Override
  public Set<WasmFeature> features(WasmEngineMode mode) {
    return FEATURES;
  }

  @Override
  public Set<WasmExternalKind> linkable() {
    return EnumSet.allOf(WasmExternalKind.class);
  }

  @Override
  public List<WasmImportedItem> hostImports(List<WasmImportedItem> imports) {
    return imports.stream().filter(item -> !ThreadImport.is(item)).toList();
  }

  @Override
  public WasmCode compile(WasmBinary binary, WasmEngineMode mode) {
    return compile(binary, mode, true);
  }

  @Override
  public WasmCode compile(WasmBinary binary, WasmEngineMode mode, boolean splitBigFunctions) {
    if (!compiles()) {
      throw new WasmLoadException(
          WasmErrorCategory.ENGINE,
          "the engine jvm makes classes while the application runs, which a native image can't; use another engine there, such as chicory (wasm.engine.name)",
          null);
    }
    Set<WasmFeature> features = FeatureGate.check(this, mode, binary.facts().features());
    binary.validate();
    return this.assembly.compile(binary, splitBigFunctions, features);
  }

  @Override
  public @Nullable WasmCode stored(WasmBinary binary, boolean splitBigFunctions) {
    return compiles()
        ? this.assembly.stored(
            binary,
            splitBigFunctions,
            () -> FeatureGate.check(this, WasmEngineMode.COMPILED, binary.facts().features()))
        : null;
  }

  @Override
  public void forget(String digest) {
    this.assembly.forget(digest);
  }

  @Override
  public boolean takesPrecompiled(String className, ClassLoader classLoader) {
    try {
      return BuiltModule.class.isAssignableFrom(Class.forName(className, false, classLoader));
    } catch (ClassNotFoundException missing) {
      return true;
    } catch (LinkageError ofAnotherVersion) {
      return false;
    }
  }

  @Override
  public void check(
      ModuleFacts module, Collection<? extends WasmProvidedImport> provided, Limits limits) {
    if (ThreadImport.isWanted(DeclaredTypes.imports(module), provided)) {
      ThreadImport.check(module, limits);
    }
    StorageLimits.check(OwnStorage.of(module, provided), limits);
  }

  @Override
  public WasmCode precompiled(String className, ClassLoader classLoader) {
    BuiltModule built = BuiltModules.load(className, classLoader);
    WasmBinary binary = BuiltModules.binary(built);
    if (!built.isOfThisForm()) {
      logger.info(
          "The class {} was made by another version of wasm-maven-plugin; the module is compiled again, build it with the plugin of this version to spare that",
          className);
      return compile(binary, WasmEngineMode.COMPILED, true);
    }
    Set<WasmFeature> features =
        FeatureGate.check(this, WasmEngineMode.COMPILED, binary.facts().features());
    if (compiles() && this.assembly.isFasterThanBuilt(features)) {
      logger.info(
          "The classes of the build of the module in {} use no Vector API, which this JVM has; the module is compiled again",
          className);
      return this.assembly.compile(binary, true, features);
    }
    return this.assembly.built(built, binary, features, compiles());
  }
}
