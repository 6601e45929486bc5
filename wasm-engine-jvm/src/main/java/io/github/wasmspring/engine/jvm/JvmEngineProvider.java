package io.github.wasmspring.engine.jvm;

import io.github.wasmspring.engine.CompiledCodeStore;
import io.github.wasmspring.engine.WasmEngine;
import io.github.wasmspring.engine.WasmEngineProvider;
import org.jspecify.annotations.Nullable;

/** Offers {@link JvmEngine}, which is experimental: it runs where it is asked for by name. */
public final class JvmEngineProvider implements WasmEngineProvider {

  private static final int BEHIND_ALL_OTHERS = 1000;

  @Override
  public String name() {
    return JvmEngine.NAME;
  }

  @Override
  public int order() {
    return BEHIND_ALL_OTHERS;
  }

  /** Keeps nothing: generating is lazy. */
  @Override
  public WasmEngine create(@Nullable CompiledCodeStore codeStore) {
    return new JvmEngine();
  }
}
