package io.github.wasmspring.internal.sqlite.jdbc;

import io.github.wasmspring.internal.sqlite.guest.DatabaseGuest;
import io.github.wasmspring.internal.sqlite.guest.GuestRows;
import io.github.wasmspring.internal.sqlite.guest.ParameterBuffer;
import io.github.wasmspring.internal.sqlite.guest.PreparedSql;
import io.github.wasmspring.internal.sqlite.lock.DatabaseVersion;
import io.github.wasmspring.internal.sqlite.lock.FileUser;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the tools ask of a connection. One thread at a time is let in, as by the connection. */
public final class GuestAccess {

  private static final int FULL_SCAN_STEPS = 1;
  private static final int SORTS = 2;
  private static final int AUTOMATIC_INDEX = 3;
  private static final int MACHINE_STEPS = 4;
  private static final int ROWS_AT_ONCE = 1000;
  private static final int BYTES_AT_ONCE = 256 << 10;

  private final SqliteConnection connection;

  GuestAccess(SqliteConnection connection) {
    this.connection = connection;
  }

  private <T> T locked(SqliteStatement.SqlCall<T> call) throws SQLException {
    this.connection.lock().lock();
    try {
      this.connection.requireOpen();
      return call.make();
    } finally {
      this.connection.lock().unlock();
    }
  }

  private DatabaseGuest guest() {
    return this.connection.guest();
  }

  /**
   * The state that a statement would see that is run now.
   *
   * @return {@code null} if that can't be told, or what it sees may be of its transaction alone
   */
  public @Nullable DatabaseVersion version() throws SQLException {
    this.connection.lock().lock();
    try {
      this.connection.requireOpen();
      return guest().state().hasTemporaryTables() ? null : versionOfFile();
    } finally {
      this.connection.lock().unlock();
    }
  }

  /** The same, of the database alone and not of temporary tables, which stand before its own. */
  public @Nullable DatabaseVersion versionOfFile() throws SQLException {
    this.connection.lock().lock();
    try {
      this.connection.requireOpen();
      boolean settled =
          guest().isAutocommit() ? this.connection.getAutoCommit() : guest().state().isReading();
      return settled ? guest().state().version() : null;
    } finally {
      this.connection.lock().unlock();
    }
  }

  /** How many values a statement needs. */
  public int parameters(String sql) throws SQLException {
    return locked(
        () -> {
          PreparedSql prepared = guest().prepare(sql);
          if (prepared.handle() != 0) {
            guest().finish(prepared.handle());
          }
          return prepared.parameters();
        });
  }

  /** Whether nobody can have written any of the tables, in lower case, between two versions. */
  public boolean isUnchanged(DatabaseVersion then, DatabaseVersion now, Set<String> tables)
      throws SQLException {
    return locked(() -> guest().state().isUnchanged(then, now, tables));
  }

  /** Whether no transaction is open, and none begins with the next statement. */
  public boolean isOutsideTransactions() throws SQLException {
    return locked(() -> guest().isAutocommit() && this.connection.getAutoCommit());
  }

  /** Runs a statement to its end, without keeping its rows. */
  public StatementCost measure(String sql, List<?> values, Duration timeout) throws SQLException {
    return locked(
        () -> {
          ParameterBuffer parameters = new ParameterBuffer();
          for (Object value : values) {
            ParameterWriter.write(parameters, value);
          }
          PreparedSql prepared = guest().prepare(sql);
          try {
            return measure(prepared, parameters, timeout);
          } finally {
            if (prepared.handle() != 0 && !guest().isBroken()) {
              guest().finish(prepared.handle());
            }
          }
        });
  }

  private StatementCost measure(PreparedSql prepared, ParameterBuffer parameters, Duration timeout)
      throws SQLException {
    int handle = prepared.handle();
    long start = System.nanoTime();
    boolean complete = runToEnd(handle, parameters, timeout);
    long nanos = System.nanoTime() - start;
    return new StatementCost(
        Integer.toUnsignedLong(guest().counter(handle, MACHINE_STEPS)),
        Integer.toUnsignedLong(guest().counter(handle, FULL_SCAN_STEPS)),
        Integer.toUnsignedLong(guest().counter(handle, SORTS)),
        Integer.toUnsignedLong(guest().counter(handle, AUTOMATIC_INDEX)),
        nanos,
        complete);
  }

  /** Whether it came to its end in time. */
  private boolean runToEnd(int handle, ParameterBuffer parameters, Duration timeout)
      throws SQLException {
    try {
      long end = System.nanoTime() + timeout.toNanos();
      GuestRows rows = guest().run(handle, parameters, ROWS_AT_ONCE, BYTES_AT_ONCE, timeout);
      while (!rows.isComplete()) {
        long left = end - System.nanoTime();
        if (left <= 0) {
          guest().reset(handle);
          return false;
        }
        rows = guest().step(handle, ROWS_AT_ONCE, BYTES_AT_ONCE, Duration.ofNanos(left));
      }
      return true;
    } catch (SQLTimeoutException overdue) {
      if (guest().isBroken()) {
        throw overdue;
      }
      return false;
    }
  }

  /** The database's own file, without links; {@code null} if it is in memory. */
  public @Nullable Path path() throws SQLException {
    this.connection.lock().lock();
    try {
      this.connection.requireOpen();
      FileUser file = guest().state().file();
      return file == null ? null : file.path();
    } finally {
      this.connection.lock().unlock();
    }
  }

  /**
   * Reads a part of the database's own file; whoever asks keeps others from writing by a
   * transaction that reads.
   *
   * @return how many bytes there were
   */
  public int read(byte[] target, long position) throws SQLException {
    return locked(
        () -> {
          FileUser file = guest().state().file();
          if (file == null) {
            throw new SQLException("A database in memory has no file", "HY000");
          }
          try {
            return file.read(target, position);
          } catch (IOException failure) {
            throw new SQLException(
                "The file %s can't be read: %s".formatted(file.path(), failure), "58030", failure);
          }
        });
  }

  /** Whether any connection of this process has a file open. */
  public boolean isOpen(Path file) throws SQLException {
    return locked(() -> guest().context().isOpen(file));
  }

  /**
   * Gives a file the name of another, while nobody uses that as a database.
   *
   * @throws IOException if somebody does
   */
  public void replace(Path file, Path replaced) throws IOException {
    guest().context().replace(file, replaced);
  }

  /**
   * What a file of the database would hold.
   *
   * @throws SQLException if a transaction writes, which may be rolled back yet
   */
  public byte[] serialize() throws SQLException {
    return locked(
        () -> {
          if (guest().state().isWriting()) {
            throw new SQLException(
                "The database can't be copied while a transaction of this connection writes; end that first",
                "25001");
          }
          return guest().serialize();
        });
  }

  /** Keeps other threads from the connection until that is closed, on this thread. */
  public Hold hold() {
    this.connection.lock().lock();
    return this.connection.lock()::unlock;
  }

  /** Ends what was begun by {@link #hold}. */
  @FunctionalInterface
  public interface Hold extends AutoCloseable {
    @Override
    void close();
  }

  /**
   * Whether a transaction is open, whoever began it. With auto-commit off that one begins only with
   * the next statement.
   */
  public boolean isInTransaction() throws SQLException {
    return locked(() -> !guest().isAutocommit());
  }

  /** Whether a transaction is open that has read, and has not written. */
  public boolean isReading() throws SQLException {
    return locked(() -> guest().state().isReading());
  }
}
