package io.github.wasmspring;

import org.jspecify.annotations.Nullable;

/** The caller passed something that can't be passed on to a module; no guest code has run. */
public final class WasmInvalidInputException extends WasmException {

  public WasmInvalidInputException(String detail) {
    this(detail, null);
  }

  public WasmInvalidInputException(String detail, @Nullable Throwable cause) {
    super(WasmErrorCategory.INVALID_INPUT, detail, cause);
  }
}
