package io.github.wasmspring.engine;

/** How many bytes of code a module has, told without parsing it. */
public final class CodeSize {

  private static final int HEADER = 8;
  private static final int CODE_SECTION = 10;

  private final byte[] bytes;
  private int position = HEADER;

  private CodeSize(byte[] bytes) {
    this.bytes = bytes;
  }

  /** The length of the code section, 0 if there is none; what is damaged is left to the parser. */
  public static long of(byte[] module) {
    return new CodeSize(module).find();
  }

  private long find() {
    while (this.position < this.bytes.length) {
      int section = this.bytes[this.position++];
      long length = length();
      if (section == CODE_SECTION) {
        return Math.min(length, this.bytes.length - this.position);
      }
      this.position = (int) Math.min(this.bytes.length, this.position + length);
    }
    return 0;
  }

  /** An unsigned LEB128. */
  private long length() {
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
