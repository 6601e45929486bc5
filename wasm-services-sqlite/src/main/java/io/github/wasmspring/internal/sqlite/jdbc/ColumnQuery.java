package io.github.wasmspring.internal.sqlite.jdbc;

import io.github.wasmspring.internal.sqlite.guest.ResultCode;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * The columns of tables and views. A view may select from what is no longer there, and a virtual
 * table may be of a module that this SQLite does not have. SQLite answers nothing at all once it
 * comes to one: these are left out.
 */
final class ColumnQuery {

  private ColumnQuery() {}

  static ResultSet ask(
      SqliteConnection connection,
      @Nullable String schema,
      @Nullable String table,
      @Nullable String column)
      throws SQLException {
    String sql = TableQueries.COLUMNS.replace("/* more */", brokenViews(connection, schema, table));
    return MetaDataQuery.ask(connection, sql, schema, table, column);
  }

  private static String brokenViews(
      SqliteConnection connection, @Nullable String schema, @Nullable String table)
      throws SQLException {
    StringBuilder broken = new StringBuilder();
    try (ResultSet views = MetaDataQuery.ask(connection, TableQueries.VIEWS, schema, table)) {
      while (views.next()) {
        String arguments = literal(views.getString(2)) + ", " + literal(views.getString(1));
        if (!canBeDescribed(connection, arguments)) {
          broken
              .append(", (")
              .append(literal(views.getString(1)))
              .append(", ")
              .append(literal(views.getString(2)))
              .append(')');
        }
      }
    }
    return broken.toString();
  }

  private static boolean canBeDescribed(SqliteConnection connection, String arguments)
      throws SQLException {
    try {
      connection.execute("SELECT 1 FROM pragma_table_xinfo(" + arguments + ")");
      return true;
    } catch (SQLException failure) {
      if (connection.guest().isBroken()
          || ResultCode.primary(failure.getErrorCode()) != ResultCode.ERROR) {
        throw failure;
      }
      return false;
    }
  }

  private static String literal(@Nullable String text) {
    return "'" + String.valueOf(text).replace("'", "''") + "'";
  }
}
