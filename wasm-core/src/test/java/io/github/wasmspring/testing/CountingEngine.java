package io.github.wasmspring.testing;

import io.github.wasmspring.engine.WasmCode;
import io.github.wasmspring.engine.WasmEngine;
import io.github.wasmspring.load.WasmBinary;
import io.github.wasmspring.module.WasmEngineMode;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts how often a module is parsed and compiled. */
public final class CountingEngine implements WasmEngine {

  public final AtomicInteger compilations = new AtomicInteger();

  private final WasmEngine engine;

  CountingEngine(WasmEngine engine) {
    this.engine = engine;
  }

  @Override
  public String name() {
    return this.engine.name();
  }

  @Override
  public WasmCode compile(WasmBinary binary, WasmEngineMode mode) {
    return compile(binary, mode, true);
  }

  @Override
  public WasmCode compile(WasmBinary binary, WasmEngineMode mode, boolean splitBigFunctions) {
    this.compilations.incrementAndGet();
    return this.engine.compile(binary, mode, splitBigFunctions);
  }

  @Override
  public WasmCode precompiled(String className, ClassLoader classLoader) {
    return this.engine.precompiled(className, classLoader);
  }
}
