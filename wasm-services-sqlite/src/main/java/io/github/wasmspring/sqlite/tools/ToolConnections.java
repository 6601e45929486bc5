package io.github.wasmspring.sqlite.tools;

import io.github.wasmspring.internal.sqlite.jdbc.ConnectionOpener;
import io.github.wasmspring.internal.sqlite.jdbc.DatabaseUrl;
import io.github.wasmspring.internal.sqlite.jdbc.GuestAccess;
import io.github.wasmspring.internal.sqlite.jdbc.SqliteAccess;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;

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

  /** Opens a file, whatever characters its name has. */
  static Connection open(Path file, Map<String, String> parameters) throws SQLException {
    try {
      return ConnectionOpener.open(
          new DatabaseUrl(file.toRealPath(), parameters), "jdbc:wasm-sqlite:" + file);
    } catch (IOException failure) {
      throw new SQLException(
          "The file %s can't be opened: %s".formatted(file, failure), "58030", failure);
    }
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
