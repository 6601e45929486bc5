package io.github.wasmspring.engine.chicory;

import io.github.wasmspring.engine.CompiledCodeStore;
import io.github.wasmspring.engine.WasmEngine;
import io.github.wasmspring.engine.WasmEngineProvider;
import org.jspecify.annotations.Nullable;

/** Offers {@link ChicoryEngine}. */
public final class ChicoryEngineProvider implements WasmEngineProvider {

  /** Behind engines that need not be asked for. */
  private static final int ORDER = 100;

  @Override
  public String name() {
    return ChicoryEngine.NAME;
  }

  @Override
  public int order() {
    return ORDER;
  }

  @Override
  public WasmEngine create(@Nullable CompiledCodeStore codeStore) {
    return new ChicoryEngine(codeStore);
  }
}
