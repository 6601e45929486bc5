package io.github.wasmspring.feature;

import java.nio.charset.StandardCharsets;

/** Reads a module's bytes up to an end that moves. */
final class ModuleCursor {

  /** What is read is not there, or is not known. */
  static final class Lost extends RuntimeException {
    Lost() {
      super(null, null, false, false);
    }
  }

  private final byte[] bytes;
  private int position;
  private int end;

  ModuleCursor(byte[] bytes) {
    this.bytes = bytes;
    this.end = bytes.length;
  }

  int position() {
    return this.position;
  }

  boolean hasMore() {
    return this.position < this.end;
  }

  int end() {
    return this.end;
  }

  /** Goes on at another place, which may lie outside of the end before. */
  void window(int start, int newEnd) {
    this.position = start;
    this.end = newEnd;
  }

  int octet() {
    if (this.position >= this.end) {
      throw new Lost();
    }
    return this.bytes[this.position++] & 0xff;
  }

  int peek() {
    if (this.position >= this.end) {
      throw new Lost();
    }
    return this.bytes[this.position] & 0xff;
  }

  void skip(long length) {
    if (length < 0 || length > this.end - this.position) {
      throw new Lost();
    }
    this.position += (int) length;
  }

  /** An unsigned LEB128 of at most 32 bits. */
  long number() {
    long value = 0;
    for (int shift = 0; shift < 35; shift += 7) {
      int next = octet();
      value |= (long) (next & 0x7f) << shift;
      if (next < 0x80) {
        return value;
      }
    }
    throw new Lost();
  }

  void skipNumber() {
    for (int i = 0; i < 10; i++) {
      if (octet() < 0x80) {
        return;
      }
    }
    throw new Lost();
  }

  /** A signed LEB128 of 33 bits, as types have it. */
  long signed() {
    long value = 0;
    for (int shift = 0; shift < 35; shift += 7) {
      int next = octet();
      value |= (long) (next & 0x7f) << shift;
      if (next < 0x80) {
        boolean negative = (next & 0x40) != 0;
        return negative ? value | -1L << (shift + 7) : value;
      }
    }
    throw new Lost();
  }

  /** An unsigned LEB128 of at most 64 bits, negative for what is more than a {@code long} holds. */
  long wideNumber() {
    long value = 0;
    for (int shift = 0; shift < 70; shift += 7) {
      int next = octet();
      value |= (long) (next & 0x7f) << shift;
      if (next < 0x80) {
        return value;
      }
    }
    throw new Lost();
  }

  String text() {
    long length = number();
    int start = this.position;
    skip(length);
    return new String(this.bytes, start, (int) length, StandardCharsets.UTF_8);
  }

  void skipText() {
    skip(number());
  }
}
