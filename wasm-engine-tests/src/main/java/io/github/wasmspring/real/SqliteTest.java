package io.github.wasmspring.real;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wasmspring.client.WasmSession;
import io.github.wasmspring.module.WasmModuleDescriptor;
import io.github.wasmspring.testing.TestRuntime;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * SQLite, whose virtual machine is one function of 47,000 bytes, answers like the native driver
 * when it is split. {@code -Dsplit.sqlite.queries=50000} asks more.
 */
class SqliteTest {

  private static final int QUERIES = Integer.getInteger("split.sqlite.queries", 3000);

  @Test
  void generatedQueriesAreAnsweredLikeTheNativeDriverDoes() throws SQLException {
    byte[] module = NpmPackage.SQLITE.bytes();
    try (TestRuntime runtime = new TestRuntime();
        Connection connection = DriverManager.getConnection("jdbc:sqlite::memory:")) {
      runtime.bytes.put("sqlite.wasm", module);
      runtime.with(
          WasmModuleDescriptor.builder("sqlite")
              .location("bytes:sqlite.wasm")
              .imports(DumbImports.of(module, ""))
              .settings(
                  settings -> settings.limits(limits -> limits.timeout(Duration.ofMinutes(1)))));
      try (WasmSession session = runtime.manager.open("sqlite")) {
        compare(new Sqlite(session), connection);
      }
      assertThat(runtime.manager.status("sqlite").get(0).bigFunctions())
          .isNotEmpty()
          .allMatch(function -> function.contains("before splitting"));
    }
  }

  private static void compare(Sqlite split, Connection connection) throws SQLException {
    SqlGenerator generator = new SqlGenerator(20261121);
    int failed = 0;
    for (String sql : generator.schema()) {
      assertThat(split.query(sql)).isEqualTo(ask(connection, sql));
    }
    for (int i = 0; i < QUERIES; i++) {
      String sql = generator.next();
      List<List<String>> expected = ask(connection, sql);
      assertThat(split.query(sql)).as(sql).isEqualTo(expected);
      failed += expected.equals(List.of(List.of("error"))) ? 1 : 0;
    }
    assertThat(failed).as("queries that fail").isLessThan(QUERIES / 10);
  }

  private static List<List<String>> ask(Connection connection, String sql) {
    List<List<String>> rows = new ArrayList<>();
    try (Statement statement = connection.createStatement()) {
      if (!statement.execute(sql)) {
        return rows;
      }
      try (ResultSet found = statement.getResultSet()) {
        int columns = found.getMetaData().getColumnCount();
        while (found.next()) {
          List<String> row = new ArrayList<>();
          for (int i = 1; i <= columns; i++) {
            String value = found.getString(i);
            row.add(value == null ? "NULL" : value);
          }
          rows.add(row);
        }
      }
      return rows;
    } catch (SQLException failure) {
      return List.of(List.of("error"));
    }
  }
}
