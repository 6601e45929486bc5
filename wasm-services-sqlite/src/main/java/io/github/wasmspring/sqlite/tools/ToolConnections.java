package io.github.wasmspring.sqlite.tools;

import io.github.wasmspring.internal.sqlite.jdbc.GuestAccess;
import io.github.wasmspring.internal.sqlite.jdbc.SqliteAccess;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** What the tools do with connections, whoever has wrapped them. */
final class ToolConnections {

  private ToolConnections() {}

  /**
   * @throws SQLException if it is a connection of another driver
   */
  static GuestAccess access(Connection connection) throws SQLException {
    if (!connection.isWrapperFor(SqliteAccess.class)) {
      throw new SQLException(
          "The tools for SQLite need connections of jdbc:wasm-sqlite:, and %s is none"
              .formatted(connection.getClass().getName()),
          "HY000");
    }
    return connection.unwrap(SqliteAccess.class).guestAccess();
  }

  static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** A name as it can stand in a statement. */
  static String quoted(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }
}
