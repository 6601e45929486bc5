package io.github.wasmspring.load;

import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.WasmLoadException;

/** How many functions a module defines, told without parsing it: a parser makes objects of each. */
public final class FunctionCount {

  private static final int FUNCTION_SECTION = 3;

  private FunctionCount() {}

  /**
   * @throws WasmLoadException {@code INVALID} if there are more than {@code most}
   */
  public static void check(byte[] module, long most) {
    long count = of(module);
    if (count > most) {
      throw new WasmLoadException(
          WasmErrorCategory.INVALID,
          "the module defines %d functions, and %d are allowed; raise limits.functions"
              .formatted(count, most),
          null);
    }
  }

  /** 0 if there is no such section; what is damaged is left to the parser. */
  private static long of(byte[] module) {
    SectionReader reader = new SectionReader(module);
    return reader.find(FUNCTION_SECTION) < 0 ? 0 : reader.number();
  }
}
