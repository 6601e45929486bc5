package io.github.wasmspring.internal.convention;

import io.github.wasmspring.WasmInvalidInputException;
import io.github.wasmspring.module.WasmOperation;
import org.jspecify.annotations.Nullable;

/** Checks arguments before they cross. */
final class Arguments {

  private Arguments() {}

  static Object required(WasmOperation operation, int index, @Nullable Object argument) {
    if (argument == null) {
      throw new WasmInvalidInputException(
          "the argument '%s' is null, and WebAssembly has no null"
              .formatted(operation.parameters().get(index).name()));
    }
    return argument;
  }
}
