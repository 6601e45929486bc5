package io.github.wasmspring.engine.jvm;

import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.WasmLoadException;
import io.github.wasmspring.binary.ModuleFacts;
import io.github.wasmspring.binary.WasmBinaryException;
import io.github.wasmspring.binary.WasmFeature;
import io.github.wasmspring.engine.WasmCode;
import io.github.wasmspring.engine.WasmEngine;
import io.github.wasmspring.internal.engine.FeatureGate;
import io.github.wasmspring.internal.engine.RuntimeClasses;
import io.github.wasmspring.internal.split.SplitLimits;
import io.github.wasmspring.internal.split.SplitModule;
import io.github.wasmspring.internal.split.WasmSplitter;
import io.github.wasmspring.load.WasmBinary;
import io.github.wasmspring.module.WasmEngineMode;
import io.github.wasmspring.split.BigFunction;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Makes JVM bytecode of functions when they are first called. There is no interpreter, so that both
 * modes are the same.
 */
public final class JvmEngine implements WasmEngine {

  static final String NAME = "jvm";

  private static final Set<WasmFeature> FEATURES =
      Collections.unmodifiableSet(
          EnumSet.of(
              WasmFeature.MUTABLE_GLOBALS,
              WasmFeature.SIGN_EXTENSION,
              WasmFeature.NONTRAPPING_FLOAT_TO_INT,
              WasmFeature.MULTI_VALUE,
              WasmFeature.BULK_MEMORY,
              WasmFeature.REFERENCE_TYPES,
              WasmFeature.EXTENDED_CONST));

  private final ThreadPoolExecutor generators;
  private final AtomicLong modules = new AtomicLong();

  public JvmEngine() {
    int cores = Runtime.getRuntime().availableProcessors();
    this.generators =
        new ThreadPoolExecutor(
            cores, cores, 1, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), JvmEngine::thread);
    this.generators.allowCoreThreadTimeOut(true);
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "wasm-generator");
    thread.setDaemon(true);
    return thread;
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
  public Set<WasmFeature> features(WasmEngineMode mode) {
    return FEATURES;
  }

  @Override
  public WasmCode compile(WasmBinary binary, WasmEngineMode mode) {
    return compile(binary, mode, true);
  }

  @Override
  public WasmCode compile(WasmBinary binary, WasmEngineMode mode, boolean splitBigFunctions) {
    Set<WasmFeature> features = FeatureGate.check(this, mode, binary.facts().features());
    binary.validate();
    try {
      byte[] bytes = binary.bytes();
      ModuleFacts facts = binary.facts();
      if (splitBigFunctions) {
        SplitModule split = WasmSplitter.split(bytes, facts, new JvmCosts());
        bytes = split.bytes();
        facts = split.isSplit() ? ModuleFacts.of(bytes) : facts;
      }
      GuestModule module = new GuestModule(bytes, facts);
      return code(binary, module, features);
    } catch (WasmBinaryException wrong) {
      throw GuestModule.invalid(String.valueOf(wrong.getMessage()));
    }
  }

  private WasmCode code(WasmBinary binary, GuestModule module, Set<WasmFeature> features) {
    ModuleContents contents = new ModuleContents(module);
    FunctionCompiler compiler = new FunctionCompiler(module, true);
    List<BigFunction> big = new ArrayList<>();
    long size = 0;
    for (int i = module.facts.importedFunctionCount(); i < module.facts.functionCount(); i++) {
      compiler.compile(i);
      size += compiler.size();
      if (compiler.size() > SplitLimits.HOTSPOT) {
        big.add(new BigFunction(i, null, compiler.size(), compiler.size(), 0));
      }
    }
    ModuleClassLoader classes =
        new ModuleClassLoader(
            "wasm-%d-%s".formatted(this.modules.incrementAndGet(), binary.digest()),
            module,
            new ClassMaker(module, contents.inTables()),
            this.generators);
    return new JvmCode(module, contents, classes, features, big, size);
  }

  @Override
  public WasmCode precompiled(String className, ClassLoader classLoader) {
    throw new WasmLoadException(
        WasmErrorCategory.LOAD,
        "compiled-class names %s, and the engine jvm has no build-time compiler yet; leave compiled-class out, or use the engine that made the class"
            .formatted(className),
        null);
  }
}
