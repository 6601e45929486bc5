package io.github.wasmspring.engine;

import org.jspecify.annotations.Nullable;

/**
 * Brings an engine onto the class path, where the {@link java.util.ServiceLoader} finds it. An
 * engine is used if it is chosen by its name, or if none is chosen and it comes first.
 */
public interface WasmEngineProvider {

  /** As {@link WasmEngine#name()} says it. */
  String name();

  /** Where several engines are there and none is chosen, the one with the lowest order is used. */
  default int order() {
    return 0;
  }

  /**
   * Makes the engine.
   *
   * @param codeStore where it may keep what it compiles, {@code null} to compile in each process
   */
  WasmEngine create(@Nullable CompiledCodeStore codeStore);

  /**
   * Makes the engine, told what to make of vectors.
   *
   * @param codeStore as above
   * @param simd of no use to engines that have no choice
   * @throws IllegalArgumentException if that can't be had here
   */
  default WasmEngine create(@Nullable CompiledCodeStore codeStore, WasmSimdForm simd) {
    return create(codeStore);
  }
}
