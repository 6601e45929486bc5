package io.github.wasmspring.fallback;

import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.WasmException;
import io.github.wasmspring.module.WasmModuleSettings;
import java.util.EnumSet;
import java.util.Set;

/**
 * The guest's own answer, wrong input and interruption are the caller's business and are thrown;
 * passing failures are retried where that is configured; everything else falls back to Java.
 */
public final class DefaultWasmErrorHandler implements WasmErrorHandler {

  private static final Set<WasmErrorCategory> CALLERS_OWN =
      EnumSet.of(
          WasmErrorCategory.OPERATION,
          WasmErrorCategory.INVALID_INPUT,
          WasmErrorCategory.INTERRUPTED);

  /** Failures that the same call may not have a moment later. */
  private static final Set<WasmErrorCategory> PASSING =
      EnumSet.of(
          WasmErrorCategory.LOAD,
          WasmErrorCategory.INSTANTIATION,
          WasmErrorCategory.REJECTED,
          WasmErrorCategory.BUDGET,
          WasmErrorCategory.TIMEOUT,
          WasmErrorCategory.HOST_FUNCTION);

  @Override
  public WasmFailureAction onFailure(
      WasmException failure, WasmModuleSettings settings, int attempt, boolean hasFallback) {
    if (CALLERS_OWN.contains(failure.category())) {
      return WasmFailureAction.THROW;
    }
    if (PASSING.contains(failure.category()) && attempt < settings.retry().maxAttempts()) {
      return WasmFailureAction.RETRY;
    }
    return hasFallback && settings.fallback()
        ? WasmFailureAction.FALLBACK
        : WasmFailureAction.THROW;
  }
}
