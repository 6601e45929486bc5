package io.github.wasmspring.fallback;

import io.github.wasmspring.WasmException;
import io.github.wasmspring.module.WasmModuleSettings;

/** Decides what is done about a failed call; replace the bean for another policy. */
@FunctionalInterface
public interface WasmErrorHandler {

  /**
   * @param settings of the module
   * @param attempt the number of the attempt that failed, from 1
   * @param hasFallback whether the operation has a Java fallback; without one {@code FALLBACK}
   *     means {@code THROW}
   */
  WasmFailureAction onFailure(
      WasmException failure, WasmModuleSettings settings, int attempt, boolean hasFallback);
}
