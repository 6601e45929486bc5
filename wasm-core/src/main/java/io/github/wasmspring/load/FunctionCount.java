package io.github.wasmspring.load;

import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.WasmLoadException;

/** How many functions a module defines, told without parsing it: a parser makes objects of each. */
public final class FunctionCount {

  private static final int HEADER = 8;
  private static final int FUNCTION_SECTION = 3;

  private final byte[] bytes;
  private int position = HEADER;

  private FunctionCount(byte[] bytes) {
    this.bytes = bytes;
  }

  /**
   * @throws WasmLoadException {@code INVALID} if there are more than {@code most}
   */
  public static void check(byte[] module, long most) {
    long count = new FunctionCount(module).find();
    if (count > most) {
      throw new WasmLoadException(
          WasmErrorCategory.INVALID,
          "the module defines %d functions, and %d are allowed; raise limits.functions"
              .formatted(count, most),
          null);
    }
  }

  /** 0 if there is no such section; what is damaged is left to the parser. */
  private long find() {
    while (this.position < this.bytes.length) {
      int section = this.bytes[this.position++];
      long length = number();
      if (section == FUNCTION_SECTION) {
        return number();
      }
      this.position = (int) Math.min(this.bytes.length, this.position + length);
    }
    return 0;
  }

  /** An unsigned LEB128. */
  private long number() {
    long value = 0;
    for (int shift = 0; shift < 35 && this.position < this.bytes.length; shift += 7) {
      byte next = this.bytes[this.position++];
      value |= (next & 0x7fL) << shift;
      if (next >= 0) {
        break;
      }
    }
    return value;
  }
}
