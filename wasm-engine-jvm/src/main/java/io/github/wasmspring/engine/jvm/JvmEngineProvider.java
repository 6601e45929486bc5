package io.github.wasmspring.engine.jvm;

import io.github.wasmspring.engine.CompiledCodeStore;
import io.github.wasmspring.engine.WasmEngine;
import io.github.wasmspring.engine.WasmEngineProvider;
import io.github.wasmspring.engine.WasmSimdForm;
import io.github.wasmspring.internal.engine.jvm.instance.JvmCode;
import org.jspecify.annotations.Nullable;

/** Offers {@link JvmEngine}, which runs where no other is asked for. */
public final class JvmEngineProvider implements WasmEngineProvider {

  /** Behind engines that need not be asked for, and before Chicory. */
  private static final int ORDER = 50;

  @Override
  public String name() {
    return JvmCode.ENGINE;
  }

  @Override
  public int order() {
    return ORDER;
  }

  @Override
  public WasmEngine create(@Nullable CompiledCodeStore codeStore) {
    return new JvmEngine(codeStore);
  }

  @Override
  public WasmEngine create(@Nullable CompiledCodeStore codeStore, WasmSimdForm simd) {
    return new JvmEngine(codeStore, simd);
  }
}
