package io.github.wasmspring.testing;

import io.github.wasmspring.WasmExternalKind;
import io.github.wasmspring.WasmImportedItem;
import io.github.wasmspring.binary.ModuleFacts;
import io.github.wasmspring.binary.WasmFeature;
import io.github.wasmspring.engine.WasmCode;
import io.github.wasmspring.engine.WasmEngine;
import io.github.wasmspring.load.WasmBinary;
import io.github.wasmspring.module.WasmEngineMode;
import io.github.wasmspring.module.WasmModuleSettings.Limits;
import io.github.wasmspring.module.WasmProvidedImport;
import java.lang.ref.WeakReference;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Counts how often a module is parsed and compiled. */
public final class CountingEngine implements WasmEngine {

  public final AtomicInteger compilations = new AtomicInteger();

  /** What the interpreter runs, as long as anybody else has it. */
  public final List<WeakReference<WasmCode>> interpreted = new CopyOnWriteArrayList<>();

  /** Run before a module is compiled to bytecode, by the thread that compiles it. */
  public volatile Runnable beforeCompiling = () -> {};

  /** Run before a module is made ready for the interpreter. */
  public volatile Runnable beforeInterpreting = () -> {};

  /** What is made of all compiled code. */
  public volatile UnaryOperator<WasmCode> wrapping = UnaryOperator.identity();

  private final WasmEngine engine;

  CountingEngine(WasmEngine engine) {
    this.engine = engine;
  }

  @Override
  public String name() {
    return this.engine.name();
  }

  @Override
  public boolean compiles() {
    return this.engine.compiles();
  }

  @Override
  public WasmCode compile(WasmBinary binary, WasmEngineMode mode) {
    return compile(binary, mode, true);
  }

  @Override
  public WasmCode compile(WasmBinary binary, WasmEngineMode mode, boolean splitBigFunctions) {
    this.compilations.incrementAndGet();
    (mode == WasmEngineMode.COMPILED ? this.beforeCompiling : this.beforeInterpreting).run();
    WasmCode code = this.wrapping.apply(this.engine.compile(binary, mode, splitBigFunctions));
    if (mode == WasmEngineMode.INTERPRETER) {
      this.interpreted.add(new WeakReference<>(code));
    }
    return code;
  }

  @Override
  public Set<WasmExternalKind> linkable() {
    return this.engine.linkable();
  }

  @Override
  public List<WasmImportedItem> hostImports(List<WasmImportedItem> imports) {
    return this.engine.hostImports(imports);
  }

  @Override
  public void check(
      ModuleFacts module, Collection<? extends WasmProvidedImport> provided, Limits limits) {
    this.engine.check(module, provided, limits);
  }

  @Override
  public Set<WasmFeature> features(WasmEngineMode mode) {
    return this.engine.features(mode);
  }

  @Override
  public @Nullable WasmCode stored(WasmBinary binary, boolean splitBigFunctions) {
    return this.engine.stored(binary, splitBigFunctions);
  }

  @Override
  public void forget(String digest) {
    this.engine.forget(digest);
  }

  @Override
  public WasmCode precompiled(String className, ClassLoader classLoader) {
    return this.engine.precompiled(className, classLoader);
  }
}
