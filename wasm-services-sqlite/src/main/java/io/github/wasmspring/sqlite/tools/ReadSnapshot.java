package io.github.wasmspring.sqlite.tools;

import io.github.wasmspring.internal.sqlite.jdbc.GuestAccess;
import io.github.wasmspring.internal.sqlite.lock.DatabaseVersion;
import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * A transaction that only reads, so that several statements see one state of the database. Part of
 * the transaction that is open, if one is. Threads that share the connection wait until it ends, so
 * that what they write is no part of it.
 */
final class ReadSnapshot implements AutoCloseable {

  private final Connection connection;
  private final GuestAccess access;
  private final GuestAccess.Hold hold;
  private final boolean own;

  private ReadSnapshot(
      Connection connection, GuestAccess access, GuestAccess.Hold hold, boolean own) {
    this.connection = connection;
    this.access = access;
    this.hold = hold;
    this.own = own;
  }

  static ReadSnapshot begin(Connection connection, GuestAccess access) throws SQLException {
    GuestAccess.Hold hold = access.hold();
    boolean begun = false;
    try {
      boolean own = access.isOutsideTransactions();
      if (own) {
        ToolConnections.execute(connection, "BEGIN");
      }
      begun = true;
      return new ReadSnapshot(connection, access, hold, own);
    } finally {
      if (!begun) {
        hold.close();
      }
    }
  }

  /** What the transaction sees; {@code null} if it has read nothing yet, or that can't be told. */
  @Nullable DatabaseVersion version() throws SQLException {
    return this.access.isReading() ? this.access.version() : null;
  }

  /** The same, of the database alone and not of temporary tables before it. */
  @Nullable DatabaseVersion versionOfFile() throws SQLException {
    return this.access.isReading() ? this.access.versionOfFile() : null;
  }

  /** By a commit, for a rollback would end the statements of others that are being read. */
  @Override
  public void close() throws SQLException {
    try {
      if (this.own && !this.connection.isClosed()) {
        ToolConnections.execute(this.connection, "COMMIT");
      }
    } finally {
      this.hold.close();
    }
  }
}
