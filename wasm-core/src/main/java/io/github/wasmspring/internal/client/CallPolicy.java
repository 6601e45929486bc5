package io.github.wasmspring.internal.client;

import io.github.wasmspring.fallback.WasmCircuitBreakers;
import io.github.wasmspring.fallback.WasmErrorHandler;
import io.github.wasmspring.internal.fallback.WasmErrorCounters;
import io.github.wasmspring.internal.tenant.TenantTable;
import io.github.wasmspring.rollout.WasmCanarySelector;
import org.jspecify.annotations.Nullable;

/**
 * Who answers calls, who may make them, and what becomes of failures.
 *
 * @param errors counts the failures
 * @param enabled if not, no module is loaded and everything is answered by Java
 * @param breakers what takes the place of quarantines, where settings name it
 * @param canary says which calls are for code that is on trial
 * @param tenants whose calls there are and what they may have, {@code null} if nobody asks
 */
public record CallPolicy(
    WasmErrorHandler errorHandler,
    WasmErrorCounters errors,
    boolean enabled,
    WasmCircuitBreakers breakers,
    WasmCanarySelector canary,
    @Nullable TenantTable tenants) {

  /** Without circuit breakers and tenants, and where nothing is known of callers. */
  public CallPolicy(WasmErrorHandler errorHandler, WasmErrorCounters errors, boolean enabled) {
    this(errorHandler, errors, enabled, WasmCircuitBreakers.NONE, WasmCanarySelector.SHARE, null);
  }
}
