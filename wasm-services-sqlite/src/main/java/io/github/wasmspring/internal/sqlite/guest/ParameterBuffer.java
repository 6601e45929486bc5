package io.github.wasmspring.internal.sqlite.guest;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Values for the parameters of a statement, as the guest reads them. Grows as needed. */
public final class ParameterBuffer {

  private static final int LONGEST = Integer.MAX_VALUE - 64;

  private byte[] bytes = new byte[256];
  private int length;

  public void clear() {
    this.length = 0;
  }

  byte[] bytes() {
    return this.bytes;
  }

  public int length() {
    return this.length;
  }

  public void addNull() {
    room(1);
    addType(SqlType.NULL);
  }

  public void add(long number) {
    room(9);
    addType(SqlType.INTEGER);
    addLong(number);
  }

  public void add(double number) {
    room(9);
    addType(SqlType.REAL);
    addLong(Double.doubleToRawLongBits(number));
  }

  public void add(String text) {
    add(SqlType.TEXT, text.getBytes(StandardCharsets.UTF_8));
  }

  public void add(byte[] blob) {
    add(SqlType.BLOB, blob);
  }

  /** What another buffer holds. */
  public void add(ParameterBuffer other) {
    room(other.length);
    System.arraycopy(other.bytes, 0, this.bytes, this.length, other.length);
    this.length += other.length;
  }

  private void add(SqlType type, byte[] value) {
    room(5L + value.length);
    addType(type);
    for (int shift = 0; shift < Integer.SIZE; shift += 8) {
      this.bytes[this.length++] = (byte) (value.length >>> shift);
    }
    System.arraycopy(value, 0, this.bytes, this.length, value.length);
    this.length += value.length;
  }

  private void addType(SqlType type) {
    this.bytes[this.length++] = (byte) type.number();
  }

  private void addLong(long number) {
    for (int shift = 0; shift < Long.SIZE; shift += 8) {
      this.bytes[this.length++] = (byte) (number >>> shift);
    }
  }

  private void room(long more) {
    long wanted = this.length + more;
    if (wanted > LONGEST) {
      throw new IllegalArgumentException(
          "The parameters have %,d bytes, more than any statement takes".formatted(wanted));
    }
    if (wanted > this.bytes.length) {
      this.bytes =
          Arrays.copyOf(this.bytes, (int) Math.min(LONGEST, Math.max(wanted, 2L * this.length)));
    }
  }
}
