package io.github.wasmspring.sqlite.tools;

import java.sql.BatchUpdateException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One statement for many rows of values. */
final class SqlBatch {

  /** How many rows cross to the guest at once: what they take is what is held of them. */
  private static final int ROWS_AT_ONCE = 1_000;

  /** The same for their bytes, as far as values tell how long they are. */
  private static final long BYTES_AT_ONCE = 4 << 20;

  private SqlBatch() {}

  /**
   * @return how many rows of the database it has changed
   * @throws SQLException if a row fails; the message says which
   */
  static long run(
      Connection connection, String sql, Iterable<? extends List<? extends @Nullable Object>> rows)
      throws SQLException {
    long done = 0;
    long changed = 0;
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      int waiting = 0;
      long bytes = 0;
      for (List<? extends @Nullable Object> row : rows) {
        for (int at = 0; at < row.size(); at++) {
          statement.setObject(at + 1, row.get(at));
          bytes += SqlRows.size(row.get(at));
        }
        statement.addBatch();
        statement.clearParameters();
        waiting++;
        if (waiting == ROWS_AT_ONCE || bytes >= BYTES_AT_ONCE) {
          changed += execute(statement, done);
          done += waiting;
          waiting = 0;
          bytes = 0;
        }
      }
      return changed + execute(statement, done);
    }
  }

  private static long execute(PreparedStatement statement, long done) throws SQLException {
    try {
      long changed = 0;
      for (int count : statement.executeBatch()) {
        changed += Math.max(0, count);
      }
      return changed;
    } catch (BatchUpdateException failure) {
      throw new SQLException(
          "Row %d of the batch failed, and none is kept: %s"
              .formatted(done + failure.getUpdateCounts().length + 1, failure.getMessage()),
          failure.getSQLState(),
          failure.getErrorCode(),
          failure);
    }
  }
}
