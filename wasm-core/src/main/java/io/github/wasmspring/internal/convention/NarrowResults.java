package io.github.wasmspring.internal.convention;

import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.WasmExecutionException;

/** Results for types that are narrower than any number of WebAssembly. */
public final class NarrowResults {

  private NarrowResults() {}

  /** Whether an {@code i32} may be too large for a type. */
  public static boolean isNarrow(Class<?> type) {
    return type == byte.class || type == short.class || type == char.class;
  }

  /**
   * @param type one that {@link #isNarrow}
   * @param raw what the module answered, an {@code i32}
   * @return the same number
   * @throws WasmExecutionException {@code TRAP} if the type can't have it
   */
  public static int exact(Class<?> type, long raw) {
    int answer = (int) raw;
    int same =
        type == byte.class ? (byte) answer : type == short.class ? (short) answer : (char) answer;
    if (answer != same) {
      throw new WasmExecutionException(
          WasmErrorCategory.TRAP,
          "the module answered with %d, which does not fit a %s; let the method return an int"
              .formatted(answer, type),
          null);
    }
    return answer;
  }
}
