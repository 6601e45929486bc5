package io.github.wasmspring.fallback;

import io.github.wasmspring.WasmException;
import io.github.wasmspring.module.WasmModuleSettings;

/**
 * The guest's own answer, wrong input and interruption are the caller's business and are thrown;
 * passing failures are retried where that is configured; everything else falls back to Java.
 */
public final class DefaultWasmErrorHandler implements WasmErrorHandler {

  @Override
  public WasmFailureAction onFailure(
      WasmException failure, WasmModuleSettings settings, int attempt, boolean hasFallback) {
    if (failure.category().callersOwn()) {
      return WasmFailureAction.THROW;
    }
    if (failure.category().passing() && attempt < settings.retry().maxAttempts()) {
      return WasmFailureAction.RETRY;
    }
    return hasFallback && settings.fallback()
        ? WasmFailureAction.FALLBACK
        : WasmFailureAction.THROW;
  }
}
