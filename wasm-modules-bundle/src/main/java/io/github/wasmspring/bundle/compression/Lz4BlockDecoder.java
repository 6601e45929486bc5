package io.github.wasmspring.bundle.compression;

import java.util.Arrays;

/**
 * Decodes one block that {@link Lz4Extent} has found sound. A match may reach to what stands in the
 * output before the block.
 */
final class Lz4BlockDecoder {

  private static final int MORE_FOLLOWS = 15;
  private static final int LEAST_MATCH = 4;

  /** Of the reference, which copies more than it has to and therefore stays away from the ends. */
  private static final int OUT_MARGIN = 12;

  private static final int IN_MARGIN = 8;
  private static final int LAST_LITERALS = 5;

  private final byte[] block;
  private final int end;
  private final byte[] out;
  private final int outEnd;
  private int at;
  private int to;

  Lz4BlockDecoder(byte[] block, int from, int length, byte[] out, int to, int size) {
    this.block = block;
    this.at = from;
    this.end = from + length;
    this.out = out;
    this.to = to;
    this.outEnd = to + size;
  }

  /**
   * @return false if it breaks the rules for the end of a block, as the reference sees them
   */
  boolean decode() {
    while (true) {
      int token = this.block[this.at++];
      int literals = length(token >> 4 & MORE_FOLLOWS);
      boolean last =
          this.to + literals > this.outEnd - OUT_MARGIN
              || this.at + literals > this.end - IN_MARGIN;
      if (last && this.at + literals != this.end) {
        return false;
      }
      System.arraycopy(this.block, this.at, this.out, this.to, literals);
      this.at += literals;
      this.to += literals;
      if (last) {
        return true;
      }
      if (!match(token)) {
        return false;
      }
    }
  }

  private int length(int first) {
    int length = first;
    if (first == MORE_FOLLOWS) {
      int more;
      do {
        more = this.block[this.at++] & 0xff;
        length += more;
      } while (more == 255);
    }
    return length;
  }

  private boolean match(int token) {
    int offset = this.block[this.at] & 0xff | (this.block[this.at + 1] & 0xff) << 8;
    this.at += 2;
    int length = length(token & MORE_FOLLOWS) + LEAST_MATCH;
    boolean tooNearTheEnd =
        (token & MORE_FOLLOWS) == MORE_FOLLOWS && this.at > this.end - LAST_LITERALS + 1;
    if (tooNearTheEnd || this.to + length > this.outEnd - LAST_LITERALS) {
      return false;
    }
    copy(offset, length);
    this.to += length;
    return true;
  }

  private void copy(int offset, int length) {
    int from = this.to - offset;
    if (offset >= length) {
      System.arraycopy(this.out, from, this.out, this.to, length);
    } else if (offset == 1) {
      Arrays.fill(this.out, this.to, this.to + length, this.out[from]);
    } else {
      for (int i = 0; i < length; i++) {
        this.out[this.to + i] = this.out[from + i];
      }
    }
  }
}
