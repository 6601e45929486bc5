package io.github.wasmspring.sqlite.tools;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** All rows that a statement answered. They never change, so that threads can share them. */
public final class SqlRows implements Iterable<SqlRow> {

  /** What an object takes besides its content, roughly. */
  private static final int OBJECT = 24;

  private final List<String> columns;
  private final List<SqlRow> rows;
  private final long bytes;

  private SqlRows(List<String> columns, List<SqlRow> rows, long bytes) {
    this.columns = columns;
    this.rows = rows;
    this.bytes = bytes;
  }

  /** Runs a statement and reads all that it answers: no rows and no columns if it has none. */
  static SqlRows read(Connection connection, String sql, List<? extends @Nullable Object> values)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int at = 0; at < values.size(); at++) {
        statement.setObject(at + 1, values.get(at));
      }
      if (!statement.execute()) {
        return new SqlRows(List.of(), List.of(), OBJECT);
      }
      try (ResultSet found = statement.getResultSet()) {
        return read(found);
      }
    }
  }

  private static SqlRows read(ResultSet found) throws SQLException {
    ResultSetMetaData description = found.getMetaData();
    List<String> columns = new ArrayList<>();
    long bytes = OBJECT;
    for (int at = 1; at <= description.getColumnCount(); at++) {
      columns.add(description.getColumnLabel(at));
      bytes += size(columns.get(at - 1));
    }
    List<String> names = List.copyOf(columns);
    List<SqlRow> rows = new ArrayList<>();
    while (found.next()) {
      @Nullable Object[] values = new @Nullable Object[names.size()];
      bytes += 2 * OBJECT + 8L * values.length;
      for (int at = 0; at < values.length; at++) {
        values[at] = found.getObject(at + 1);
        bytes += size(values[at]);
      }
      rows.add(new SqlRow(names, values));
    }
    return new SqlRows(names, List.copyOf(rows), bytes);
  }

  static long size(@Nullable Object value) {
    if (value instanceof String text) {
      return 2L * OBJECT + 2L * text.length();
    }
    if (value instanceof byte[] blob) {
      return OBJECT + (long) blob.length;
    }
    return value == null ? 0 : OBJECT;
  }

  /** How much memory they take, roughly. */
  long bytes() {
    return this.bytes;
  }

  /** The names of the columns. */
  public List<String> columns() {
    return this.columns;
  }

  public int size() {
    return this.rows.size();
  }

  public boolean isEmpty() {
    return this.rows.isEmpty();
  }

  /**
   * @param row from 0
   * @throws IndexOutOfBoundsException if there is none
   */
  public SqlRow get(int row) {
    return this.rows.get(row);
  }

  @Override
  public Iterator<SqlRow> iterator() {
    return this.rows.iterator();
  }

  public Stream<SqlRow> stream() {
    return StreamSupport.stream(spliterator(), false);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof SqlRows rows
        && this.columns.equals(rows.columns)
        && this.rows.equals(rows.rows);
  }

  @Override
  public int hashCode() {
    return this.rows.hashCode();
  }

  @Override
  public String toString() {
    return this.columns + " " + this.rows;
  }
}
