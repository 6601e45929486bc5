package io.github.wasmspring.binary;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Writes what the binary format is made of. */
public final class ByteWriter {

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  /** A byte; the low 8 bits count. */
  public ByteWriter octet(int value) {
    this.out.write(value);
    return this;
  }

  /**
   * @param end the byte after the last
   */
  public ByteWriter bytes(byte[] source, int start, int end) {
    this.out.write(source, start, end - start);
    return this;
  }

  public ByteWriter bytes(byte[] source) {
    return bytes(source, 0, source.length);
  }

  /** An unsigned LEB128 of 32 bits. */
  public ByteWriter unsigned(int value) {
    int rest = value;
    while ((rest & ~0x7f) != 0) {
      this.out.write((rest & 0x7f) | 0x80);
      rest >>>= 7;
    }
    this.out.write(rest);
    return this;
  }

  /** A signed LEB128. */
  public ByteWriter signed(long value) {
    long rest = value;
    while (rest < -0x40 || rest > 0x3f) {
      this.out.write((int) (rest & 0x7f) | 0x80);
      rest >>= 7;
    }
    this.out.write((int) rest & 0x7f);
    return this;
  }

  /** A name, which is UTF-8. */
  public ByteWriter name(String name) {
    byte[] encoded = name.getBytes(StandardCharsets.UTF_8);
    return unsigned(encoded.length).bytes(encoded);
  }

  /** The other one's bytes after their number. */
  public ByteWriter sized(ByteWriter other) {
    return unsigned(other.out.size()).bytes(other.toBytes());
  }

  /** How many bytes there are so far. */
  public int length() {
    return this.out.size();
  }

  public byte[] toBytes() {
    return this.out.toByteArray();
  }
}
