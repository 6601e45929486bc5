package io.github.wasmspring.internal.client;

import io.github.wasmspring.fallback.WasmErrorHandler;
import io.github.wasmspring.internal.fallback.WasmErrorCounters;

/**
 * Who answers calls, and what becomes of failures.
 *
 * @param errors counts the failures
 * @param enabled if not, no module is loaded and everything is answered by Java
 */
public record CallPolicy(
    WasmErrorHandler errorHandler, WasmErrorCounters errors, boolean enabled) {}
