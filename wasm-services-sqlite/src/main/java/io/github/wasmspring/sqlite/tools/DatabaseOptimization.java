package io.github.wasmspring.sqlite.tools;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

/** Statistics for plans, and free pages given back. */
final class DatabaseOptimization {

  /** All tables, and not only those that this connection has asked for. */
  private static final String OPTIMIZE = "PRAGMA main.optimize(0x10002)";

  private static final long INCREMENTAL = 2;

  private final Connection connection;
  private final OptimizeSettings settings;

  DatabaseOptimization(Connection connection, OptimizeSettings settings) {
    this.connection = connection;
    this.settings = settings;
  }

  OptimizeReport run() throws SQLException {
    long start = System.nanoTime();
    DatabaseSize before = size(this.connection);
    switch (this.settings.analyze()) {
      case NONE -> {}
      case WHERE_IT_HELPS -> ToolConnections.execute(this.connection, OPTIMIZE);
      case ALL -> ToolConnections.execute(this.connection, "ANALYZE main");
    }
    switch (this.settings.vacuum()) {
      case NONE -> {}
      case INCREMENTAL -> incremental();
      case FULL -> ToolConnections.execute(this.connection, "VACUUM main");
    }
    return new OptimizeReport(
        before, size(this.connection), analyzed(), Duration.ofNanos(System.nanoTime() - start));
  }

  static DatabaseSize size(Connection connection) throws SQLException {
    return new DatabaseSize(
        number(connection, "page_count"),
        number(connection, "freelist_count"),
        number(connection, "page_size"));
  }

  private static long number(Connection connection, String pragma) throws SQLException {
    return SqlRows.read(connection, "PRAGMA main." + pragma, List.of()).get(0).getLong(pragma);
  }

  private void incremental() throws SQLException {
    if (number(this.connection, "auto_vacuum") != INCREMENTAL) {
      throw new SQLException(
          "The database has no auto_vacuum=incremental, so that free pages can't be given back in part; use Vacuum.FULL",
          "HY000");
    }
    ToolConnections.execute(this.connection, "PRAGMA main.incremental_vacuum");
  }

  private List<String> analyzed() throws SQLException {
    String statistics = "SELECT 1 FROM main.sqlite_schema WHERE name = 'sqlite_stat1'";
    if (SqlRows.read(this.connection, statistics, List.of()).isEmpty()) {
      return List.of();
    }
    return SqlRows.read(
            this.connection, "SELECT DISTINCT tbl FROM main.sqlite_stat1 ORDER BY tbl", List.of())
        .stream()
        .map(row -> String.valueOf(row.get(0)))
        .toList();
  }
}
