package io.github.wasmspring.split;

import java.nio.charset.StandardCharsets;

/** Reads numbers as WebAssembly writes them; whatever is damaged is {@link Unsplittable}. */
final class ByteReader {

  private final byte[] bytes;
  private final int end;
  private int position;

  ByteReader(byte[] bytes, int start, int end) {
    if (start < 0 || end < start || end > bytes.length) {
      throw new Unsplittable("a length that is outside of the module");
    }
    this.bytes = bytes;
    this.position = start;
    this.end = end;
  }

  byte[] source() {
    return this.bytes;
  }

  int position() {
    return this.position;
  }

  boolean hasMore() {
    return this.position < this.end;
  }

  int octet() {
    if (this.position >= this.end) {
      throw new Unsplittable("an end before its time");
    }
    return this.bytes[this.position++] & 0xff;
  }

  /** An unsigned LEB128 of at most 31 bits, which is all that counts and indices need. */
  int count() {
    long value = unsigned(5);
    if (value > Integer.MAX_VALUE) {
      throw new Unsplittable("the number " + value);
    }
    return (int) value;
  }

  long unsigned(int mostBytes) {
    long value = 0;
    for (int i = 0; i < mostBytes; i++) {
      int next = octet();
      value |= (long) (next & 0x7f) << (7 * i);
      if (next < 0x80) {
        return value;
      }
    }
    throw new Unsplittable("a number of too many bytes");
  }

  long signed(int mostBytes) {
    long value = 0;
    for (int i = 0; i < mostBytes; i++) {
      int next = octet();
      int shift = 7 * i;
      value |= (long) (next & 0x7f) << shift;
      if (next < 0x80) {
        boolean negative = (next & 0x40) != 0 && shift + 7 < Long.SIZE;
        return negative ? value | -1L << (shift + 7) : value;
      }
    }
    throw new Unsplittable("a number of too many bytes");
  }

  void skip(int length) {
    if (length < 0 || length > this.end - this.position) {
      throw new Unsplittable("a length that is outside of the module");
    }
    this.position += length;
  }

  String name() {
    int length = count();
    int start = this.position;
    skip(length);
    return new String(this.bytes, start, length, StandardCharsets.UTF_8);
  }
}
