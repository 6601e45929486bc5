package io.github.wasmspring.testing;

import io.github.wasmspring.engine.WasmEngine;
import io.github.wasmspring.internal.engine.WasmEngines;

/**
 * The engine that is tested: the one that is on the class path, or, where there are several, that
 * the system property {@code wasm.test.engine} names.
 */
public final class TestEngines {

  private static final String CHOSEN = "wasm.test.engine";

  /** What it calls itself where it has compiled a module. */
  public static final String COMPILED = create().name() + "-compiled";

  /** What it calls itself where it interprets one. */
  public static final String INTERPRETER = create().name() + "-interpreter";

  private TestEngines() {}

  public static WasmEngine create() {
    return WasmEngines.of(TestEngines.class.getClassLoader())
        .find(System.getProperty(CHOSEN))
        .create(null);
  }
}
