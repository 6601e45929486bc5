package io.github.wasmspring.internal.sqlite.jdbc;

import io.github.wasmspring.internal.sqlite.guest.ResultCode;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLTransientException;

/**
 * How a file keeps what a transaction changes, also of a file that another program has left in WAL
 * mode. Its index would be memory that guests share, which they don't have; SQLite can do without
 * where it has the file for itself alone.
 */
final class JournalMode {

  private JournalMode() {}

  /**
   * Sets a mode other than WAL. A file in WAL mode is locked, changed, and unlocked again.
   *
   * @throws SQLException if another program has the file open in WAL mode
   */
  static void set(SqliteConnection connection, Path file, String mode) throws SQLException {
    String pragma = "PRAGMA journal_mode=" + mode;
    try {
      connection.execute(pragma);
      return;
    } catch (SQLException failure) {
      requireUnopened(failure);
    }
    connection.execute("PRAGMA locking_mode=EXCLUSIVE");
    try {
      connection.execute(pragma);
    } catch (SQLException failure) {
      throw stillWal(file, failure);
    }
    connection.execute("PRAGMA locking_mode=NORMAL");
    // The first statement after that gives the lock up.
    connection.execute("SELECT count(*) FROM sqlite_schema");
  }

  /**
   * @throws SQLException if the file can't be read; the message says what to do if it is in WAL
   *     mode
   */
  static void requireReadable(SqliteConnection connection, Path file) throws SQLException {
    try {
      connection.execute("SELECT count(*) FROM sqlite_schema");
    } catch (SQLException failure) {
      requireUnopened(failure);
      throw new SQLNonTransientConnectionException(
          "The database %s can't be read. If another program has left it in WAL mode, open it for writing once, without mode=ro, which ends that mode: %s"
              .formatted(file, failure.getMessage()),
          failure.getSQLState(),
          failure.getErrorCode(),
          failure);
    }
  }

  /** What SQLite says of a file in WAL mode that it can't share. */
  private static void requireUnopened(SQLException failure) throws SQLException {
    if (ResultCode.primary(failure.getErrorCode()) != ResultCode.CANTOPEN) {
      throw failure;
    }
  }

  private static SQLException stillWal(Path file, SQLException failure) {
    String message =
        "The database %s is in WAL mode, which connections here can't share, and it can't be changed now; close it in other programs: %s"
            .formatted(file, failure.getMessage());
    return failure instanceof SQLTransientException
        ? new SQLTransientException(message, failure.getSQLState(), failure.getErrorCode(), failure)
        : new SQLNonTransientConnectionException(
            message, failure.getSQLState(), failure.getErrorCode(), failure);
  }
}
