package io.github.wasmspring.split;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Writes numbers as WebAssembly reads them. */
final class ByteWriter {

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  ByteWriter octet(int value) {
    this.out.write(value);
    return this;
  }

  ByteWriter bytes(byte[] source, int start, int end) {
    this.out.write(source, start, end - start);
    return this;
  }

  ByteWriter bytes(byte[] source) {
    return bytes(source, 0, source.length);
  }

  ByteWriter unsigned(int value) {
    int rest = value;
    while ((rest & ~0x7f) != 0) {
      this.out.write((rest & 0x7f) | 0x80);
      rest >>>= 7;
    }
    this.out.write(rest);
    return this;
  }

  ByteWriter signed(long value) {
    long rest = value;
    while (rest < -0x40 || rest > 0x3f) {
      this.out.write((int) (rest & 0x7f) | 0x80);
      rest >>= 7;
    }
    this.out.write((int) rest & 0x7f);
    return this;
  }

  ByteWriter name(String name) {
    byte[] encoded = name.getBytes(StandardCharsets.UTF_8);
    return unsigned(encoded.length).bytes(encoded);
  }

  /** The other one's bytes after their number. */
  ByteWriter sized(ByteWriter other) {
    return unsigned(other.out.size()).bytes(other.toBytes());
  }

  byte[] toBytes() {
    return this.out.toByteArray();
  }
}
