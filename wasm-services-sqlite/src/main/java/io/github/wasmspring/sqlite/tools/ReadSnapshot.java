package io.github.wasmspring.sqlite.tools;

import io.github.wasmspring.internal.sqlite.jdbc.GuestAccess;
import io.github.wasmspring.internal.sqlite.lock.DatabaseVersion;
import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * A transaction that only reads, so that several statements see one state of the database. Part of
 * the transaction that is open, if one is.
 */
final class ReadSnapshot implements AutoCloseable {

  private final Connection connection;
  private final GuestAccess access;
  private final boolean own;

  private ReadSnapshot(Connection connection, GuestAccess access, boolean own) {
    this.connection = connection;
    this.access = access;
    this.own = own;
  }

  static ReadSnapshot begin(Connection connection, GuestAccess access) throws SQLException {
    boolean own = access.isOutsideTransactions();
    if (own) {
      ToolConnections.execute(connection, "BEGIN");
    }
    return new ReadSnapshot(connection, access, own);
  }

  /** What the transaction sees; {@code null} if it has read nothing yet, or that can't be told. */
  @Nullable DatabaseVersion version() throws SQLException {
    return this.access.version();
  }

  /** The same, of the database alone and not of temporary tables before it. */
  @Nullable DatabaseVersion versionOfFile() throws SQLException {
    return this.access.versionOfFile();
  }

  @Override
  public void close() throws SQLException {
    if (this.own && !this.connection.isClosed()) {
      ToolConnections.execute(this.connection, "ROLLBACK");
    }
  }
}
