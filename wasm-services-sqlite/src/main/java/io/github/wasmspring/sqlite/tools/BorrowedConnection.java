package io.github.wasmspring.sqlite.tools;

import io.github.wasmspring.internal.sqlite.jdbc.GuestAccess;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/**
 * A connection of a data source for the length of a call. A pool may hand out connections without
 * auto-commit, and rolls back what nobody has committed when they are given back: unless somebody
 * has a transaction open already, such a connection commits by itself until it is closed.
 */
final class BorrowedConnection implements AutoCloseable {

  private final Connection connection;
  private final GuestAccess access;
  private final boolean changed;
  private final boolean joined;

  private BorrowedConnection(
      Connection connection, GuestAccess access, boolean changed, boolean joined) {
    this.connection = connection;
    this.access = access;
    this.changed = changed;
    this.joined = joined;
  }

  /**
   * @throws SQLException if there is none, or it is of another driver
   */
  static BorrowedConnection of(DataSource source) throws SQLException {
    Connection connection = source.getConnection();
    boolean borrowed = false;
    try {
      GuestAccess access = ToolConnections.access(connection);
      boolean commits = connection.getAutoCommit();
      boolean joined = !commits && (access.isInTransaction() || isOfSpring(source));
      boolean changed = !commits && !joined;
      if (changed) {
        connection.setAutoCommit(true);
      }
      borrowed = true;
      return new BorrowedConnection(connection, access, changed, joined);
    } finally {
      if (!borrowed) {
        connection.close();
      }
    }
  }

  private static boolean isOfSpring(DataSource source) {
    try {
      return SpringTransactions.isOpen(source);
    } catch (NoClassDefFoundError withoutSpring) {
      return false;
    }
  }

  Connection connection() {
    return this.connection;
  }

  GuestAccess access() {
    return this.access;
  }

  /** Whether it is in a transaction that is somebody else's to end. */
  boolean isJoined() {
    return this.joined;
  }

  @Override
  public void close() throws SQLException {
    try (this.connection) {
      if (this.changed && !this.connection.isClosed()) {
        this.connection.setAutoCommit(false);
      }
    }
  }
}
