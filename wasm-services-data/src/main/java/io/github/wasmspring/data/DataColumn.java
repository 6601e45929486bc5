package io.github.wasmspring.data;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * The values of a column in some rows. Never changed.
 *
 * <p>Numbers, booleans, days and microseconds have one element of {@code values} each, decimals two
 * (the lower half first), and texts the bytes from their offset to the next.
 */
final class DataColumn {

  private static final long[] NO_VALUES = new long[0];
  private static final int[] NO_OFFSETS = new int[0];
  private static final byte[] NO_BYTES = new byte[0];
  static final long MICROS = 1_000_000;

  final DataType type;
  final int rows;

  /** A bit for each row that has a value, the lowest first; {@code null} if all have one. */
  final byte @Nullable [] validity;

  final long[] values;
  final int[] offsets;
  final byte[] bytes;

  private DataColumn(
      DataType type,
      int rows,
      byte @Nullable [] validity,
      long[] values,
      int[] offsets,
      byte[] bytes) {
    this.type = type;
    this.rows = rows;
    this.validity = validity;
    this.values = values;
    this.offsets = offsets;
    this.bytes = bytes;
  }

  static DataColumn ofValues(DataType type, int rows, byte @Nullable [] validity, long[] values) {
    return new DataColumn(type, rows, validity, values, NO_OFFSETS, NO_BYTES);
  }

  static DataColumn ofTexts(int rows, byte @Nullable [] validity, int[] offsets, byte[] bytes) {
    return new DataColumn(DataType.TEXT, rows, validity, NO_VALUES, offsets, bytes);
  }

  boolean isNull(int row) {
    return this.validity != null && (this.validity[row >> 3] >> (row & 7) & 1) == 0;
  }

  double number(int row) {
    return Double.longBitsToDouble(this.values[row]);
  }

  BigInteger wide(int row) {
    return wide(this.values[2 * row], this.values[2 * row + 1]);
  }

  static BigInteger wide(long low, long high) {
    if (high == low >> 63) {
      return BigInteger.valueOf(low);
    }
    return new BigInteger(ByteBuffer.allocate(16).putLong(high).putLong(low).array());
  }

  String text(int row) {
    int from = this.offsets[row];
    return new String(this.bytes, from, this.offsets[row + 1] - from, StandardCharsets.UTF_8);
  }

  /** The value as users get it. */
  @Nullable Object value(int row) {
    if (isNull(row)) {
      return null;
    }
    return switch (this.type.kind()) {
      case BOOLEAN -> this.values[row] != 0;
      case INTEGER -> this.values[row];
      case DOUBLE -> number(row);
      case DECIMAL -> new BigDecimal(wide(row), this.type.scale());
      case TEXT -> text(row);
      case DATE -> LocalDate.ofEpochDay(this.values[row]);
      case TIMESTAMP -> instant(this.values[row]);
    };
  }

  static Instant instant(long micros) {
    return Instant.ofEpochSecond(
        Math.floorDiv(micros, MICROS), Math.floorMod(micros, MICROS) * 1000);
  }

  /**
   * The values of some rows.
   *
   * @param rows -1 for none
   */
  DataColumn take(int[] rows, int count) {
    DataColumnBuilder taken = new DataColumnBuilder(this.type, count);
    for (int place = 0; place < count; place++) {
      taken.addFrom(this, rows[place]);
    }
    return taken.build();
  }

  /**
   * About how many bytes the value of a row takes.
   *
   * @param row -1 for none
   */
  long size(int row) {
    int text = row < 0 || this.offsets.length == 0 ? 0 : this.offsets[row + 1] - this.offsets[row];
    return 2L * Long.BYTES + text;
  }

  /** About how many bytes it takes. */
  long size() {
    long validity = this.validity == null ? 0 : this.validity.length;
    return validity + 8L * this.values.length + 4L * this.offsets.length + this.bytes.length;
  }
}
