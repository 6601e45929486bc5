package io.github.wasmspring.bundle.compute;

import io.github.wasmspring.WasmOperationException;

/** Lets the Java fallbacks refuse what the module refuses, with the same words. */
final class Shapes {

  private Shapes() {}

  static void require(boolean fits, String message) {
    if (!fits) {
      throw new WasmOperationException("compute.shape", message, null);
    }
  }

  static void requireWithin(boolean withinLimit, String message) {
    if (!withinLimit) {
      throw new WasmOperationException("compute.limit", message, null);
    }
  }
}
