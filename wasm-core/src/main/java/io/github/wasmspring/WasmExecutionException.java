package io.github.wasmspring;

import org.jspecify.annotations.Nullable;

/**
 * A call was started and did not come to an answer: trap, time-out, limit, rejection or a failing
 * host function; {@link #category()} says which.
 */
public final class WasmExecutionException extends WasmException {

  public WasmExecutionException(
      WasmErrorCategory category, String detail, @Nullable Throwable cause) {
    super(category, detail, cause);
  }
}
