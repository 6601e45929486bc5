package io.github.wasmspring.internal.sqlite.jdbc;

import io.github.wasmspring.internal.sqlite.guest.ResultCode;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLTransientException;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * How a file keeps what a transaction changes, also of a file that another program has left in WAL
 * mode. Its index would be memory that guests share, which they don't have; SQLite can do without
 * where it has the file for itself alone.
 */
final class JournalMode {

  private static final String CAN_NOT_CONNECT = "08001";
  private static final long SHORTEST_WAIT = TimeUnit.MILLISECONDS.toNanos(1);
  private static final long LONGEST_WAIT = TimeUnit.MILLISECONDS.toNanos(30);

  private JournalMode() {}

  /**
   * Sets a mode other than WAL. A file in WAL mode is locked, changed, and unlocked again. Several
   * that do so at a time would wait for each other with a lock for reading: so none waits while it
   * has one.
   *
   * @param patience how long to try
   * @throws SQLException if another program has the file open in WAL mode
   */
  static void set(SqliteConnection connection, Path file, String mode, Duration patience)
      throws SQLException {
    long start = System.nanoTime();
    String pragma = "PRAGMA journal_mode=" + mode;
    while (true) {
      try {
        connection.execute(pragma);
        return;
      } catch (SQLException failure) {
        requireUnopened(failure);
      }
      SQLException busy = endWal(connection, pragma, file, patience);
      if (busy == null) {
        return;
      }
      long left = patience.toNanos() - (System.nanoTime() - start);
      if (left <= 0 || Thread.currentThread().isInterrupted()) {
        throw busy;
      }
      LockSupport.parkNanos(
          Math.min(left, ThreadLocalRandom.current().nextLong(SHORTEST_WAIT, LONGEST_WAIT)));
    }
  }

  /** {@code null} if it is done; otherwise nothing is locked any more. */
  private static @Nullable SQLException endWal(
      SqliteConnection connection, String pragma, Path file, Duration patience)
      throws SQLException {
    SQLException busy = null;
    connection.execute("PRAGMA locking_mode=EXCLUSIVE");
    connection.guest().context().patience(Duration.ZERO);
    try {
      connection.execute(pragma);
    } catch (SQLException failure) {
      busy = stillWal(file, failure);
      if (!(failure instanceof SQLTransientException)) {
        throw busy;
      }
    } finally {
      connection.guest().context().patience(patience);
    }
    connection.execute("PRAGMA locking_mode=NORMAL");
    // The first statement after that gives the lock up.
    try {
      connection.execute("SELECT count(*) FROM sqlite_schema");
    } catch (SQLException failure) {
      if (busy == null) {
        throw failure;
      }
    }
    return busy;
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
          CAN_NOT_CONNECT,
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
            message, CAN_NOT_CONNECT, failure.getErrorCode(), failure);
  }
}
