package io.github.wasmspring.sqlite.tools;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Transactions as functions. The outermost is tried again while others are in the way; one inside
 * of it on the same thread is a savepoint.
 */
final class SqlTransactions {

  private static final String BUSY = "40001";

  /** Causes may go in circles. */
  private static final int MOST_CAUSES = 20;

  private final DataSource source;

  /** The connection of the transaction that is open on this thread. */
  private final ThreadLocal<@Nullable Connection> current = new ThreadLocal<>();

  SqlTransactions(DataSource source) {
    this.source = source;
  }

  <T extends @Nullable Object> T run(TransactionSettings settings, SqlWork<T> work)
      throws SQLException {
    Connection outer = this.current.get();
    if (outer != null) {
      return nested(outer, work);
    }
    Duration delay = settings.firstDelay();
    for (int attempt = 1; ; attempt++) {
      boolean joined = false;
      try (BorrowedConnection borrowed = BorrowedConnection.of(this.source)) {
        joined = borrowed.isJoined();
        Connection connection = borrowed.connection();
        return joined
            ? bound(connection, () -> nested(connection, work))
            : outermost(connection, work);
      } catch (SQLException | RuntimeException failure) {
        if (joined || !isBusy(failure) || attempt == settings.attempts() || !pause(delay)) {
          throw failure;
        }
        delay = delay.multipliedBy(2);
        delay = delay.compareTo(settings.longestDelay()) > 0 ? settings.longestDelay() : delay;
      }
    }
  }

  /** Whoever has wrapped it, as Spring does. */
  private static boolean isBusy(Throwable failure) {
    @Nullable Throwable cause = failure;
    for (int depth = 0; cause != null && depth < MOST_CAUSES; depth++) {
      if (cause instanceof SQLException told && BUSY.equals(told.getSQLState())) {
        return true;
      }
      cause = cause.getCause();
    }
    return false;
  }

  /**
   * Half of the delay at least, so that those who met don't meet again.
   *
   * @return {@code false} if it was interrupted
   */
  private static boolean pause(Duration delay) {
    long nanos = delay.toNanos();
    try {
      TimeUnit.NANOSECONDS.sleep(nanos / 2 + ThreadLocalRandom.current().nextLong(nanos / 2 + 1));
      return true;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private <T extends @Nullable Object> T outermost(Connection connection, SqlWork<T> work)
      throws SQLException {
    connection.setAutoCommit(false);
    Throwable failed = null;
    try {
      T result = bound(connection, () -> work.run(TransactionGuard.of(connection)));
      connection.commit();
      return result;
    } catch (Throwable failure) {
      // Checked ones too, which other languages throw through any signature.
      failed = failure;
      throw failure;
    } finally {
      end(connection, failed);
    }
  }

  /** Back to what the connection was, whatever happened. */
  private static void end(Connection connection, @Nullable Throwable failed) throws SQLException {
    try {
      if (failed != null) {
        connection.rollback();
      }
      connection.setAutoCommit(true);
    } catch (SQLException further) {
      if (failed == null) {
        throw further;
      }
      failed.addSuppressed(further);
    }
  }

  private <T extends @Nullable Object> T bound(Connection connection, SqlBody<T> body)
      throws SQLException {
    this.current.set(connection);
    try {
      return body.run();
    } finally {
      this.current.remove();
    }
  }

  private static <T extends @Nullable Object> T nested(Connection connection, SqlWork<T> work)
      throws SQLException {
    Savepoint savepoint = connection.setSavepoint();
    try {
      T result = work.run(TransactionGuard.of(connection));
      connection.releaseSavepoint(savepoint);
      return result;
    } catch (Throwable failure) {
      try {
        connection.rollback(savepoint);
        connection.releaseSavepoint(savepoint);
      } catch (SQLException gone) {
        failure.addSuppressed(gone);
      }
      throw failure;
    }
  }

  /** What runs while a connection is that of the thread. */
  @FunctionalInterface
  private interface SqlBody<T extends @Nullable Object> {
    T run() throws SQLException;
  }
}
