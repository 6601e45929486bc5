package io.github.wasmspring.internal.load;

import io.github.wasmspring.WasmErrorCategory;
import java.io.IOException;

/** Something has arrived, but it is not what it should be. */
final class RefusedContentException extends IOException {

  private static final long serialVersionUID = 1L;

  private final WasmErrorCategory category;

  RefusedContentException(WasmErrorCategory category, String message) {
    super(message);
    this.category = category;
  }

  WasmErrorCategory category() {
    return this.category;
  }
}
