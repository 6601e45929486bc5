package io.github.wasmspring.fallback;

/** What is done about a failed call. */
public enum WasmFailureAction {
  /** Try again, after a pause. */
  RETRY,
  /** Let the Java fallback answer. */
  FALLBACK,
  /** Throw it to the caller. */
  THROW
}
