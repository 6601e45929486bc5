package io.github.wasmspring.dashboard;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a section shows.
 *
 * @param columns at least one
 * @param rows in the order in which they are shown
 * @param note what else there is to say, for people; {@code null} for nothing
 */
public record DashboardTable(List<Column> columns, List<Row> rows, @Nullable String note) {

  public DashboardTable {
    columns = List.copyOf(columns);
    rows = List.copyOf(rows);
    for (Row row : rows) {
      if (row.cells().size() != columns.size()) {
        throw new IllegalArgumentException(
            "Row %s has %d cells, but there are %d columns"
                .formatted(row.key(), row.cells().size(), columns.size()));
      }
    }
  }

  /** How a value is written. */
  public enum Unit {
    TEXT,
    /** A whole number. */
    COUNT,
    BYTES,
    /** A duration in nanoseconds. */
    NANOS,
    /** A moment, in milliseconds since 1970. */
    TIME,
    /** A part of the whole, from 0 to 1. */
    SHARE,
    /** How often in a second. */
    PER_SECOND
  }

  /**
   * A column.
   *
   * @param id in lower case with hyphens
   * @param title for people
   */
  public record Column(String id, String title, Unit unit) {}

  /**
   * A row.
   *
   * @param key tells it from the others
   * @param cells texts, numbers and {@code null}, one for each column
   * @param actions the ids of what can be done to it
   */
  public record Row(String key, List<@Nullable Object> cells, List<String> actions) {

    public Row {
      cells = Collections.unmodifiableList(new ArrayList<@Nullable Object>(cells));
      actions = List.copyOf(actions);
    }

    /** The same, with what can be done to it. */
    public Row withActions(String... ids) {
      return new Row(this.key, this.cells, List.of(ids));
    }
  }

  /** A table without a note. */
  public static DashboardTable of(List<Column> columns, List<Row> rows) {
    return new DashboardTable(columns, rows, null);
  }

  /** The same, with something to say. */
  public DashboardTable withNote(@Nullable String note) {
    return new DashboardTable(this.columns, this.rows, note);
  }

  public static Column text(String id, String title) {
    return new Column(id, title, Unit.TEXT);
  }

  public static Column count(String id, String title) {
    return new Column(id, title, Unit.COUNT);
  }

  public static Column column(String id, String title, Unit unit) {
    return new Column(id, title, unit);
  }

  /** A row that nothing can be done to. */
  public static Row row(String key, @Nullable Object... cells) {
    return new Row(key, Arrays.<@Nullable Object>asList(cells), List.of());
  }
}
