package io.github.wasmspring.fallback;

import org.jspecify.annotations.Nullable;

/** The circuit breakers of the application by the names that settings of modules give them. */
@FunctionalInterface
public interface WasmCircuitBreakers {

  /** There is none. */
  WasmCircuitBreakers NONE = name -> null;

  /**
   * Finds one, or makes it; the same for the same name.
   *
   * @return {@code null} if there can't be one of that name
   */
  @Nullable WasmCircuitBreaker find(String name);
}
