package io.github.wasmspring.data;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** Keys as bytes, whose order is that of the values, as the module has them. */
final class JavaKeys {

  private static final byte NULL_FIRST = 1;
  private static final byte THERE = 2;
  private static final byte NULL_LAST = 3;

  private byte[] bytes = new byte[64];
  private int size;
  private boolean hasNull;

  /** The key of a row. */
  byte[] of(List<JavaMachine.Item> items, int row) {
    this.size = 0;
    this.hasNull = false;
    for (JavaMachine.Item item : items) {
      JavaVector vector = Objects.requireNonNull(item.vector());
      if (vector.states[row] == JavaVector.NULL) {
        this.hasNull = true;
        put((item.flags() & DataOp.NULLS_LAST) != 0 ? NULL_LAST : NULL_FIRST);
      } else {
        put(THERE);
        int begin = this.size;
        put(DataType.Kind.values()[item.kind()], vector, row);
        invert(begin, item.flags());
      }
    }
    return java.util.Arrays.copyOf(this.bytes, this.size);
  }

  /** Whether a part of the last key is null. */
  boolean hasNull() {
    return this.hasNull;
  }

  private void invert(int begin, int flags) {
    if ((flags & DataOp.DESCENDING) != 0) {
      for (int at = begin; at < this.size; at++) {
        this.bytes[at] = (byte) ~this.bytes[at];
      }
    }
  }

  private void put(int value) {
    if (this.size == this.bytes.length) {
      this.bytes = java.util.Arrays.copyOf(this.bytes, 2 * this.size);
    }
    this.bytes[this.size++] = (byte) value;
  }

  private void putLong(long value) {
    for (int shift = 56; shift >= 0; shift -= 8) {
      put((int) (value >>> shift));
    }
  }

  private void put(DataType.Kind kind, JavaVector vector, int row) {
    switch (kind) {
      case BOOLEAN -> put((int) vector.bits[row]);
      case DECIMAL -> {
        BigInteger value = vector.wides[row];
        putLong(value.shiftRight(Long.SIZE).longValue() ^ Long.MIN_VALUE);
        putLong(value.longValue());
      }
      case DOUBLE -> {
        long bits = vector.bits[row];
        putLong(bits < 0 ? ~bits : bits ^ Long.MIN_VALUE);
      }
      case TEXT -> {
        for (byte each : vector.texts[row].getBytes(StandardCharsets.UTF_8)) {
          put(each);
          if (each == 0) {
            put(0xFF);
          }
        }
        put(0);
        put(0);
      }
      case INTEGER, DATE, TIMESTAMP -> putLong(vector.bits[row] ^ Long.MIN_VALUE);
    }
  }

  /** Gives each part of a key to its column. */
  static void read(byte[] key, List<DataType> types, List<DataColumnBuilder> columns) {
    ByteBuffer in = ByteBuffer.wrap(key);
    for (int place = 0; place < types.size(); place++) {
      DataColumnBuilder column = columns.get(place);
      if (in.get() != THERE) {
        column.addNull();
      } else {
        read(in, types.get(place).kind(), column);
      }
    }
  }

  private static void read(ByteBuffer in, DataType.Kind kind, DataColumnBuilder column) {
    switch (kind) {
      case BOOLEAN -> column.add(in.get());
      case DECIMAL -> {
        long high = in.getLong() ^ Long.MIN_VALUE;
        column.addWide(in.getLong(), high);
      }
      case DOUBLE -> {
        long ordered = in.getLong();
        column.add(ordered < 0 ? ordered ^ Long.MIN_VALUE : ~ordered);
      }
      case TEXT -> column.addText(text(in));
      case INTEGER, DATE, TIMESTAMP -> column.add(in.getLong() ^ Long.MIN_VALUE);
    }
  }

  private static byte[] text(ByteBuffer in) {
    java.io.ByteArrayOutputStream text = new java.io.ByteArrayOutputStream();
    for (; ; ) {
      byte each = in.get();
      if (each != 0) {
        text.write(each);
      } else if (in.get() == 0) {
        return text.toByteArray();
      } else {
        text.write(0);
      }
    }
  }
}
