package io.github.wasmspring.sqlite.tools;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A row that was read: its values as SQLite stores them. It never changes. */
public final class SqlRow {

  private final List<String> columns;
  private final @Nullable Object[] values;

  SqlRow(List<String> columns, @Nullable Object[] values) {
    this.columns = columns;
    this.values = values;
  }

  /**
   * A {@link Long}, {@link Double}, {@link String}, {@code byte[]} of its own, or {@code null}.
   *
   * @param column from 0
   * @throws IndexOutOfBoundsException if there is none
   */
  public @Nullable Object get(int column) {
    Object value = this.values[column];
    return value instanceof byte[] bytes ? bytes.clone() : value;
  }

  /**
   * As {@link #get(int)}.
   *
   * @param column its name, in any case
   * @throws IllegalArgumentException if there is none
   */
  public @Nullable Object get(String column) {
    for (int at = 0; at < this.columns.size(); at++) {
      if (this.columns.get(at).equalsIgnoreCase(column)) {
        return get(at);
      }
    }
    throw new IllegalArgumentException(
        "There is no column '%s'; there are %s".formatted(column, this.columns));
  }

  /**
   * The value as text; {@code null} stays that.
   *
   * @throws IllegalArgumentException if it is a blob, or there is no such column
   */
  public @Nullable String getString(String column) {
    Object value = get(column);
    if (value instanceof byte[]) {
      throw unfit(column, "text");
    }
    return value == null ? null : value.toString();
  }

  /**
   * @throws IllegalArgumentException if the value is no integer, or there is no such column
   */
  public long getLong(String column) {
    if (get(column) instanceof Long number) {
      return number;
    }
    throw unfit(column, "an integer");
  }

  /**
   * @throws IllegalArgumentException if the value is no number, or there is no such column
   */
  public double getDouble(String column) {
    if (get(column) instanceof Number number) {
      return number.doubleValue();
    }
    throw unfit(column, "a number");
  }

  private IllegalArgumentException unfit(String column, String wanted) {
    Object value = get(column);
    return new IllegalArgumentException(
        "The value of column '%s' is %s and not %s; use get"
            .formatted(column, value == null ? "null" : value.getClass().getSimpleName(), wanted));
  }

  /** The values by the names of their columns, in order; of several of one name the last. */
  public Map<String, @Nullable Object> toMap() {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    for (int at = 0; at < this.values.length; at++) {
      map.put(this.columns.get(at), get(at));
    }
    return map;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof SqlRow row
        && this.columns.equals(row.columns)
        && Arrays.deepEquals(this.values, row.values);
  }

  @Override
  public int hashCode() {
    return Arrays.deepHashCode(this.values);
  }

  @Override
  public String toString() {
    return Arrays.deepToString(this.values);
  }
}
