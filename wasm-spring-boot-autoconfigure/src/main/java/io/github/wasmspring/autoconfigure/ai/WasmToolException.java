package io.github.wasmspring.autoconfigure.ai;

import org.jspecify.annotations.Nullable;

/** Why a tool has no answer, in words that a model may read; the cause is for the log. */
public final class WasmToolException extends RuntimeException {

  private static final long serialVersionUID = 1;

  public WasmToolException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
