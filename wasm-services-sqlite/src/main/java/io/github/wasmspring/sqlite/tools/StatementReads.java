package io.github.wasmspring.sqlite.tools;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which tables a statement reads, as the program says that SQLite has made of it: views are gone
 * there, and tables that don't matter. A statement whose answer depends on more than tables has no
 * such list.
 */
final class StatementReads {

  private static final Set<String> QUERIES = Set.of("select", "with", "values");
  private static final Set<String> OPEN = Set.of("OpenRead", "ReopenIdx");

  /** Virtual tables read what they like. */
  private static final Set<String> UNKNOWN = Set.of("OpenWrite", "VOpen");

  /** Whose answers depend on more than their arguments, or may. */
  static final Set<String> VOLATILE =
      Set.of(
          "random",
          "randomblob",
          "changes",
          "total_changes",
          "last_insert_rowid",
          "current_date",
          "current_time",
          "current_timestamp",
          "date",
          "time",
          "datetime",
          "julianday",
          "unixepoch",
          "strftime",
          "timediff",
          "rtreecheck");

  private static final int SCHEMA_PAGE = 1;
  private static final int MAIN = 0;

  private final Map<Long, String> tables = new HashMap<>();

  private StatementReads() {}

  /** Of the schema as it is; the connection has a transaction open. */
  static StatementReads of(Connection connection) throws SQLException {
    StatementReads reads = new StatementReads();
    Set<String> ordinary = new HashSet<>();
    for (SqlRow table : SqlRows.read(connection, "PRAGMA main.table_list", List.of())) {
      String name = lower(table.get("name"));
      if ("table".equals(table.get("type"))
          && "main".equals(table.get("schema"))
          && !name.startsWith("sqlite_")) {
        ordinary.add(name);
      }
    }
    String roots = "SELECT rootpage, tbl_name FROM main.sqlite_schema WHERE rootpage > 0";
    for (SqlRow root : SqlRows.read(connection, roots, List.of())) {
      String table = lower(root.get("tbl_name"));
      if (ordinary.contains(table)) {
        reads.tables.put(root.getLong("rootpage"), table);
      }
    }
    return reads;
  }

  private static String lower(@Nullable Object name) {
    return String.valueOf(name).toLowerCase(Locale.ROOT);
  }

  /** Whether a text begins as statements do that only read. */
  static boolean isQuery(String sql) {
    return QUERIES.contains(SqlWords.first(sql));
  }

  /**
   * @param sql for which {@link #isQuery} holds
   * @return the names of tables in lower case, {@code null} if the answer depends on more
   */
  @Nullable Set<String> tables(
      Connection connection, String sql, List<? extends @Nullable Object> values)
      throws SQLException {
    Set<String> read = new HashSet<>();
    for (SqlRow row : SqlRows.read(connection, "EXPLAIN " + sql, values)) {
      String instruction = String.valueOf(row.get("opcode"));
      if (OPEN.contains(instruction)) {
        String table = table(row);
        if (table == null) {
          return null;
        }
        read.add(table);
      } else if (UNKNOWN.contains(instruction) || isVolatile(row)) {
        return null;
      }
    }
    return Set.copyOf(read);
  }

  private @Nullable String table(SqlRow row) {
    long page = row.getLong("p2");
    return row.getLong("p3") == MAIN && page != SCHEMA_PAGE ? this.tables.get(page) : null;
  }

  private static boolean isVolatile(SqlRow row) {
    String operand = String.valueOf(row.get("p4"));
    int arguments = operand.indexOf('(');
    return arguments > 0
        && VOLATILE.contains(operand.substring(0, arguments).toLowerCase(Locale.ROOT));
  }
}
