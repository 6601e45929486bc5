package io.github.wasmspring.internal.client;

import io.github.wasmspring.fallback.WasmErrorHandler;
import io.github.wasmspring.internal.fallback.WasmErrorCounters;
import io.github.wasmspring.rollout.WasmCanarySelector;

/**
 * Who answers calls, and what becomes of failures.
 *
 * @param errors counts the failures
 * @param enabled if not, no module is loaded and everything is answered by Java
 * @param canary says which calls are for code that is on trial
 */
public record CallPolicy(
    WasmErrorHandler errorHandler,
    WasmErrorCounters errors,
    boolean enabled,
    WasmCanarySelector canary) {

  /** The same where nothing is known of callers. */
  public CallPolicy(WasmErrorHandler errorHandler, WasmErrorCounters errors, boolean enabled) {
    this(errorHandler, errors, enabled, WasmCanarySelector.SHARE);
  }
}
