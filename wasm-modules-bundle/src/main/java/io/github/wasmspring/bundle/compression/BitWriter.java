package io.github.wasmspring.bundle.compression;

import java.util.Arrays;

/** Bits in bytes, the lowest one first. */
final class BitWriter {

  private byte[] bytes = new byte[1024];
  private long size;

  /** In bits. */
  long size() {
    return this.size;
  }

  /**
   * @param count at most 32
   */
  void write(long bits, int count) {
    for (int left = count; left > 0; ) {
      int at = (int) (this.size >>> 3);
      int free = 8 - (int) (this.size & 7);
      int taken = Math.min(free, left);
      if (at == this.bytes.length) {
        this.bytes = Arrays.copyOf(this.bytes, 2 * at);
      }
      int piece = (int) (bits >>> count - left) & (1 << taken) - 1;
      this.bytes[at] |= (byte) (piece << 8 - free);
      this.size += taken;
      left -= taken;
    }
  }

  /** Takes back what was written behind the first {@code bits} bits. */
  void truncate(long bits) {
    int at = (int) (bits >>> 3);
    int end = (int) (this.size + 7 >>> 3);
    if ((bits & 7) != 0) {
      this.bytes[at] &= (byte) ((1 << (bits & 7)) - 1);
      at++;
    }
    if (at < end) {
      Arrays.fill(this.bytes, at, end, (byte) 0);
    }
    this.size = bits;
  }

  /** Goes on with a whole byte. */
  void align() {
    this.size = this.size + 7 & ~7L;
    if (this.size >>> 3 >= this.bytes.length) {
      this.bytes = Arrays.copyOf(this.bytes, 2 * this.bytes.length);
    }
  }

  byte[] toByteArray() {
    return Arrays.copyOf(this.bytes, (int) (this.size + 7 >>> 3));
  }
}
