package io.github.wasmspring.bundle.json;

import java.util.Arrays;

/** A growing array of bytes; {@link java.io.ByteArrayOutputStream} locks at every byte. */
final class ByteOutput {

  private byte[] bytes;
  private int length;

  ByteOutput(int capacity) {
    this.bytes = new byte[capacity];
  }

  void write(int value) {
    require(1);
    bytes[length++] = (byte) value;
  }

  void write(byte[] source, int from, int to) {
    require(to - from);
    System.arraycopy(source, from, bytes, length, to - from);
    length += to - from;
  }

  void write(int value, int count) {
    require(count);
    Arrays.fill(bytes, length, length + count, (byte) value);
    length += count;
  }

  byte[] toByteArray() {
    return length == bytes.length ? bytes : Arrays.copyOf(bytes, length);
  }

  private void require(int more) {
    if (more > bytes.length - length) {
      int needed = length + more;
      if (needed < 0) {
        throw JsonFault.of("json.size", "the result would be larger than 2 GB");
      }
      bytes = Arrays.copyOf(bytes, Math.max(needed, bytes.length + (bytes.length >> 1)));
    }
  }
}
