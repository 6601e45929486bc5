package io.github.wasmspring.internal.engine;

import io.github.wasmspring.WasmFunctionType;
import io.github.wasmspring.WasmValueType;

/** What is passed to functions of guests as raw values. */
public final class RawArguments {

  private RawArguments() {}

  /**
   * @param function for messages
   * @throws IllegalArgumentException if the function does not take these arguments
   */
  public static void check(String function, WasmFunctionType type, long... arguments) {
    if (arguments.length != type.params().size()) {
      throw new IllegalArgumentException(
          "%s takes %d arguments, not %d"
              .formatted(function, type.params().size(), arguments.length));
    }
    for (int i = 0; i < arguments.length; i++) {
      check(function, i, type.params().get(i), arguments[i]);
    }
    if (type.results().contains(WasmValueType.V128)) {
      throw wide(function);
    }
  }

  private static void check(String function, int position, WasmValueType type, long argument) {
    if (type == WasmValueType.V128) {
      throw wide(function);
    }
    boolean narrow = type == WasmValueType.I32 || type == WasmValueType.F32;
    if (narrow && !fits(argument)) {
      throw new IllegalArgumentException(
          "%s takes 32 bits as argument %d (%s), and %d has more"
              .formatted(function, position + 1, type, argument));
    }
  }

  /** Signed or not; {@code f32} as its raw bits. */
  private static boolean fits(long value) {
    return value == (int) value || value >>> Integer.SIZE == 0;
  }

  private static IllegalArgumentException wide(String function) {
    return new IllegalArgumentException(
        "%s takes or returns a v128, which can't be passed: let the guest take it apart"
            .formatted(function));
  }
}
