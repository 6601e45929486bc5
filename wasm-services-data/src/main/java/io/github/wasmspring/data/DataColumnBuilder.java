package io.github.wasmspring.data;

import java.math.BigInteger;
import java.util.Arrays;

/** Collects the values of a column. */
final class DataColumnBuilder {

  private static final int FEWEST = 16;
  private static final int MOST_BYTES = 1 << 30;

  private final DataType type;
  private final int width;
  private int rows;
  private byte[] validity;
  private boolean hasNull;
  private long[] values;
  private int[] offsets;
  private byte[] bytes;

  DataColumnBuilder(DataType type, int expected) {
    this.type = type;
    this.width = type.isWide() ? 2 : 1;
    boolean isText = type.kind() == DataType.Kind.TEXT;
    int size = Math.max(FEWEST, expected);
    this.validity = new byte[size / 8 + 1];
    this.values = new long[isText ? 0 : size * this.width];
    this.offsets = new int[isText ? size + 1 : 0];
    this.bytes = new byte[isText ? 8 * size : 0];
  }

  int rows() {
    return this.rows;
  }

  /** What it holds, in bytes. */
  long size() {
    return (long) this.rows * (isText() ? 5 : 8 * this.width) + end();
  }

  private boolean isText() {
    return this.type.kind() == DataType.Kind.TEXT;
  }

  private int end() {
    return isText() ? this.offsets[this.rows] : 0;
  }

  void addNull() {
    this.hasNull = true;
    if (isText()) {
      addEnd(end());
    } else {
      ensureValues();
      Arrays.fill(this.values, this.rows * this.width, (this.rows + 1) * this.width, 0);
    }
    next(false);
  }

  void add(long value) {
    ensureValues();
    this.values[this.rows] = value;
    next(true);
  }

  void addWide(long low, long high) {
    ensureValues();
    this.values[2 * this.rows] = low;
    this.values[2 * this.rows + 1] = high;
    next(true);
  }

  void addWide(BigInteger value) {
    addWide(value.longValue(), value.shiftRight(Long.SIZE).longValue());
  }

  void addText(byte[] text) {
    addText(text, 0, text.length);
  }

  void addText(byte[] from, int offset, int length) {
    int begin = end();
    if (length > MOST_BYTES - begin) {
      throw new DataException(
          DataException.Reason.MEMORY,
          "The texts of one chunk take more than 1 GB; make wasm.services.data.chunk-rows smaller");
    }
    if (begin + length > this.bytes.length) {
      int size = (int) Math.min(MOST_BYTES, Math.max(2L * this.bytes.length, begin + length));
      this.bytes = Arrays.copyOf(this.bytes, size);
    }
    System.arraycopy(from, offset, this.bytes, begin, length);
    addEnd(begin + length);
    next(true);
  }

  private void addEnd(int end) {
    if (this.rows + 2 > this.offsets.length) {
      this.offsets = Arrays.copyOf(this.offsets, 2 * this.offsets.length);
    }
    this.offsets[this.rows + 1] = end;
  }

  private void ensureValues() {
    if ((this.rows + 1) * this.width > this.values.length) {
      this.values = Arrays.copyOf(this.values, 2 * this.values.length);
    }
  }

  private void next(boolean there) {
    int place = this.rows >> 3;
    if (place == this.validity.length) {
      this.validity = Arrays.copyOf(this.validity, 2 * place);
    }
    int bit = 1 << (this.rows & 7);
    if (there) {
      this.validity[place] |= (byte) bit;
    } else {
      this.validity[place] &= (byte) ~bit;
    }
    this.rows++;
  }

  /**
   * @param row -1 for none
   */
  void addFrom(DataColumn column, int row) {
    if (row < 0 || column.isNull(row)) {
      addNull();
    } else if (isText()) {
      int from = column.offsets[row];
      addText(column.bytes, from, column.offsets[row + 1] - from);
    } else if (this.width == 2) {
      addWide(column.values[2 * row], column.values[2 * row + 1]);
    } else {
      add(column.values[row]);
    }
  }

  /** What was added; the builder is empty then. */
  DataColumn build() {
    byte[] valid = this.hasNull ? Arrays.copyOf(this.validity, (this.rows + 7) / 8) : null;
    DataColumn column =
        isText()
            ? DataColumn.ofTexts(
                this.rows,
                valid,
                Arrays.copyOf(this.offsets, this.rows + 1),
                Arrays.copyOf(this.bytes, end()))
            : DataColumn.ofValues(
                this.type, this.rows, valid, Arrays.copyOf(this.values, this.rows * this.width));
    this.rows = 0;
    this.hasNull = false;
    return column;
  }
}
