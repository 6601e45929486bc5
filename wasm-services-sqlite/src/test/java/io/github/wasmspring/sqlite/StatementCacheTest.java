package io.github.wasmspring.sqlite;

import static io.github.wasmspring.sqlite.SqlCalls.ask;
import static io.github.wasmspring.sqlite.SqlCalls.execute;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Statements that are prepared again come from the cache, and nobody notices. */
class StatementCacheTest {

  @TempDir static Path folder;
  private static int files;

  private static Connection connect(String parameters) throws SQLException {
    return DriverManager.getConnection(
        "jdbc:wasm-sqlite:" + folder.resolve(++files + ".db") + "?synchronous=off" + parameters);
  }

  private static int insert(Connection connection, int x) throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement("INSERT INTO t (x) VALUES (?)")) {
      insert.setInt(1, x);
      return insert.executeUpdate();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"&statement_cache=0", "&statement_cache=1", "&statement_cache=32"})
  void statementsAreOfTheirUserAlone(String parameter) throws SQLException {
    try (Connection connection = connect(parameter)) {
      execute(connection, "CREATE TABLE t (id INTEGER PRIMARY KEY, x)");
      for (int i = 0; i < 20; i++) {
        insert(connection, i);
      }
      String sql = "SELECT x FROM t WHERE x >= ? ORDER BY x";
      try (PreparedStatement one = connection.prepareStatement(sql);
          PreparedStatement two = connection.prepareStatement(sql)) {
        one.setInt(1, 5);
        two.setInt(1, 15);
        one.setFetchSize(1);
        try (ResultSet first = one.executeQuery();
            ResultSet second = two.executeQuery()) {
          for (int i = 0; i < 5; i++) {
            assertThat(first.next() && second.next()).isTrue();
            assertThat(first.getInt(1)).isEqualTo(5 + i);
            assertThat(second.getInt(1)).isEqualTo(15 + i);
          }
        }
      }
      try (PreparedStatement again = connection.prepareStatement(sql)) {
        assertThatThrownBy(again::executeQuery).hasMessageContaining("Parameter 1 has no value");
      }
      try (Statement statement = connection.createStatement()) {
        for (int i = 0; i < 3; i++) {
          assertThat(ask(connection, "SELECT count(*) FROM t")).isEqualTo("20");
          statement.executeUpdate("UPDATE t SET x = x + 1");
        }
      }
      assertThat(ask(connection, "SELECT max(x) FROM t")).isEqualTo("22");
    }
  }

  @Test
  void aStatementThatIsClosedWhileItsRowsAreReadHoldsNoLock() throws SQLException {
    try (Connection connection = connect("")) {
      execute(connection, "CREATE TABLE t (id INTEGER PRIMARY KEY, x)");
      for (int i = 0; i < 3; i++) {
        insert(connection, i);
      }
      PreparedStatement reading = connection.prepareStatement("SELECT x FROM t");
      reading.setFetchSize(1);
      assertThat(reading.executeQuery().next()).isTrue();
      reading.close();
      execute(connection, "DROP TABLE t");
    }
  }

  @Test
  void anotherSchemaIsNoticed() throws SQLException {
    try (Connection connection = connect("");
        Connection other =
            DriverManager.getConnection("jdbc:wasm-sqlite:" + folder.resolve(files + ".db"))) {
      execute(connection, "CREATE TABLE t (x)");
      insert(connection, 1);
      String all = "SELECT * FROM t";
      ask(connection, all);
      execute(connection, "ALTER TABLE t ADD COLUMN y DEFAULT 7");
      columns(connection, all, 2);
      execute(other, "ALTER TABLE t ADD COLUMN z DEFAULT 8");
      ask(connection, "SELECT z FROM t");
      columns(connection, all, 3);
      execute(other, "DROP TABLE t");
      assertThatThrownBy(() -> ask(connection, all)).hasMessageContaining("no such table");
      execute(connection, "CREATE TABLE t (x)");
      assertThat(insert(connection, 1)).isEqualTo(1);
      columns(connection, all, 1);
    }
  }

  private static void columns(Connection connection, String sql, int count) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      assertThat(statement.getMetaData().getColumnCount()).isEqualTo(count);
      try (ResultSet rows = statement.executeQuery()) {
        assertThat(rows.next()).isTrue();
        assertThat(rows.getMetaData().getColumnCount()).isEqualTo(count);
      }
    }
  }

  @Test
  void pragmasTakeEffectEachTime() throws SQLException {
    try (Connection connection = connect("")) {
      for (int i = 0; i < 3; i++) {
        for (String value : new String[] {"0", "1"}) {
          execute(connection, "PRAGMA foreign_keys=" + value);
          assertThat(ask(connection, "PRAGMA foreign_keys")).isEqualTo(value);
        }
      }
    }
  }

  @Test
  void failuresDoNotStick() throws SQLException {
    try (Connection connection = connect("")) {
      execute(connection, "CREATE TABLE t (x UNIQUE)");
      for (int i = 0; i < 3; i++) {
        insert(connection, i);
        int same = i;
        assertThatThrownBy(() -> insert(connection, same)).hasMessageContaining("UNIQUE");
      }
      assertThat(ask(connection, "SELECT count(*) FROM t")).isEqualTo("3");
    }
  }

  @Test
  void manyStatementsDoNotFillTheMemory() throws SQLException {
    try (Connection connection = connect("&memory_limit=24")) {
      execute(connection, "CREATE TABLE t (x)");
      String columns = "x, ".repeat(1_500) + "x";
      for (int i = 0; i < 100; i++) {
        assertThat(ask(connection, "SELECT count(*), " + i + ", " + columns + " FROM t"))
            .isEqualTo("0");
      }
      try (PreparedStatement insert = connection.prepareStatement("INSERT INTO t VALUES (?)")) {
        insert.setBytes(1, new byte[4 << 20]);
        insert.executeUpdate();
      }
      for (int i = 0; i < 10; i++) {
        try (PreparedStatement length = connection.prepareStatement("SELECT length(?) -- " + i)) {
          length.setBytes(1, new byte[4 << 20]);
          try (ResultSet rows = length.executeQuery()) {
            assertThat(rows.next()).isTrue();
            assertThat(rows.getInt(1)).isEqualTo(4 << 20);
          }
        }
      }
    }
  }
}
