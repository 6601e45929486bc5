package io.github.wasmspring.sqlite;

import static io.github.wasmspring.sqlite.SqlCalls.ENDLESS;
import static io.github.wasmspring.sqlite.SqlCalls.count;
import static io.github.wasmspring.sqlite.SqlCalls.execute;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.BatchUpdateException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLIntegrityConstraintViolationException;
import java.sql.SQLTimeoutException;
import java.sql.SQLTransientException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class WasmSqliteDriverTest {

  @TempDir Path folder;
  private String url = "";

  @BeforeEach
  void url() {
    this.url = "jdbc:wasm-sqlite:" + this.folder.resolve("test.db");
  }

  private Connection connect(String parameters) throws SQLException {
    return DriverManager.getConnection(this.url + parameters);
  }

  @Test
  void whatOneConnectionWritesAnotherReads() throws SQLException {
    try (Connection one = connect("");
        Connection other = connect("")) {
      execute(one, "CREATE TABLE t (id INTEGER PRIMARY KEY, name TEXT)");
      for (int i = 1; i <= 20; i++) {
        execute(one, "INSERT INTO t (name) VALUES ('n')");
        assertThat(count(other, "t")).isEqualTo(i);
      }
    }
  }

  @Test
  void theFileIsOneOfTheNativeDriver() throws SQLException {
    try (Connection ours = connect("")) {
      execute(ours, "CREATE TABLE t (x)", "INSERT INTO t VALUES (1), (2), (3)");
    }
    try (Connection judge =
            DriverManager.getConnection("jdbc:sqlite:" + this.folder.resolve("test.db"));
        Statement statement = judge.createStatement()) {
      assertThat(count(judge, "t")).isEqualTo(3);
      try (ResultSet check = statement.executeQuery("PRAGMA integrity_check")) {
        assertThat(check.next()).isTrue();
        assertThat(check.getString(1)).isEqualTo("ok");
      }
    }
  }

  @Test
  void valuesComeBackAsTheyWere() throws SQLException {
    LocalDateTime time = LocalDateTime.of(2026, 11, 30, 8, 15, 30, 123_000_000);
    try (Connection connection = connect("");
        PreparedStatement statement =
            connection.prepareStatement("SELECT ? a, ? b, ? c, ? d, ? e, ? f, ? g, ? h")) {
      statement.setLong(1, Long.MIN_VALUE);
      statement.setDouble(2, 1e-300);
      statement.setString(3, "Grüße \uD83D\uDE42 \0 end");
      statement.setBytes(4, new byte[] {0, -1, 127});
      statement.setObject(5, null);
      statement.setObject(6, time);
      statement.setObject(7, LocalDate.of(2026, 1, 2));
      statement.setObject(8, Instant.ofEpochSecond(1_700_000_000));
      try (ResultSet row = statement.executeQuery()) {
        assertThat(row.next()).isTrue();
        assertThat(row.getLong("a")).isEqualTo(Long.MIN_VALUE);
        assertThat(row.getDouble("b")).isEqualTo(1e-300);
        assertThat(row.getString("c")).isEqualTo("Grüße \uD83D\uDE42 \0 end");
        assertThat(row.getBytes("d")).containsExactly(0, -1, 127);
        assertThat(row.getLong("e")).isZero();
        assertThat(row.wasNull()).isTrue();
        assertThat(row.getObject("f", LocalDateTime.class)).isEqualTo(time);
        assertThat(row.getObject("g", LocalDate.class)).isEqualTo("2026-01-02");
        assertThat(row.getObject("h", Instant.class))
            .isEqualTo(Instant.ofEpochSecond(1_700_000_000));
        assertThat(row.next()).isFalse();
      }
    }
  }

  @Test
  void manyRowsComeInPieces() throws SQLException {
    try (Connection connection = connect("");
        Statement statement = connection.createStatement()) {
      statement.setFetchSize(7);
      try (ResultSet rows =
          statement.executeQuery(
              "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 10000) SELECT i FROM n")) {
        long sum = 0;
        while (rows.next()) {
          sum += rows.getLong(1);
        }
        assertThat(sum).isEqualTo(50_005_000);
      }
    }
  }

  @Test
  void transactionsAndSavepointsRollBack() throws SQLException {
    try (Connection connection = connect("");
        Connection other = connect("")) {
      execute(connection, "CREATE TABLE t (x)");
      connection.setAutoCommit(false);
      execute(connection, "INSERT INTO t VALUES (1)");
      Savepoint savepoint = connection.setSavepoint("here");
      execute(connection, "INSERT INTO t VALUES (2)");
      connection.rollback(savepoint);
      assertThat(count(other, "t")).isZero();
      connection.commit();
      assertThat(count(other, "t")).isOne();
      execute(connection, "DELETE FROM t");
      connection.rollback();
      assertThat(count(connection, "t")).isOne();
    }
  }

  @Test
  void keysAndBatches() throws SQLException {
    try (Connection connection = connect("")) {
      execute(connection, "CREATE TABLE t (id INTEGER PRIMARY KEY, x UNIQUE)");
      try (PreparedStatement statement =
          connection.prepareStatement("INSERT INTO t (x) VALUES (?)", new String[] {"id"})) {
        for (int i = 0; i < 3; i++) {
          statement.setInt(1, i);
          statement.addBatch();
        }
        assertThat(statement.executeBatch()).containsExactly(1, 1, 1);
        try (ResultSet keys = statement.getGeneratedKeys()) {
          for (int i = 1; i <= 3; i++) {
            assertThat(keys.next()).isTrue();
            assertThat(keys.getLong("id")).isEqualTo(i);
          }
          assertThat(keys.next()).isFalse();
        }
        statement.setInt(1, 7);
        statement.addBatch();
        statement.setInt(1, 0);
        statement.addBatch();
        assertThatThrownBy(statement::executeBatch)
            .isInstanceOfSatisfying(
                BatchUpdateException.class,
                failure -> {
                  assertThat(failure.getUpdateCounts()).containsExactly(1);
                  assertThat(failure.getSQLState()).isEqualTo("23505");
                });
      }
    }
  }

  @Test
  void constraintsAreToldByCode() throws SQLException {
    try (Connection connection = connect("");
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE t (id INTEGER PRIMARY KEY, x TEXT NOT NULL)");
      statement.execute("CREATE TABLE u (t REFERENCES t)");
      statement.execute("INSERT INTO t VALUES (1, 'a')");
      assertThatThrownBy(() -> statement.execute("INSERT INTO t VALUES (1, 'b')"))
          .isInstanceOfSatisfying(
              SQLIntegrityConstraintViolationException.class,
              failure -> {
                assertThat(failure.getSQLState()).isEqualTo("23505");
                assertThat(failure.getErrorCode()).isEqualTo(1555);
              });
      assertThatThrownBy(() -> statement.execute("INSERT INTO t VALUES (2, NULL)"))
          .hasFieldOrPropertyWithValue("SQLState", "23502");
      assertThatThrownBy(() -> statement.execute("INSERT INTO u VALUES (99)"))
          .hasFieldOrPropertyWithValue("SQLState", "23503");
    }
  }

  @Test
  void aQueryTimeoutStopsTheGuestAndTheConnectionGoesOn() throws SQLException {
    try (Connection connection = connect("");
        Statement statement = connection.createStatement()) {
      statement.setQueryTimeout(1);
      assertThatThrownBy(() -> statement.executeQuery(ENDLESS))
          .isInstanceOf(SQLTimeoutException.class);
      assertThat(connection.isValid(1)).isTrue();
      execute(connection, "CREATE TABLE t (x)");
      assertThat(count(connection, "t")).isZero();
    }
  }

  @Test
  void anotherThreadCancels() throws Exception {
    try (Connection connection = connect("");
        Statement statement = connection.createStatement()) {
      CompletableFuture<ResultSet> query =
          CompletableFuture.supplyAsync(
              () -> {
                try {
                  return statement.executeQuery(ENDLESS);
                } catch (SQLException failure) {
                  throw new IllegalStateException(failure);
                }
              });
      while (!query.isDone()) {
        statement.cancel();
        Thread.onSpinWait();
      }
      assertThatThrownBy(query::get)
          .isInstanceOf(ExecutionException.class)
          .hasRootCauseMessage("The statement was cancelled");
      assertThat(connection.isValid(1)).isTrue();
    }
  }

  @Test
  void aWriterKeepsAnotherWaitingUntilItIsBusy() throws SQLException {
    try (Connection one = connect("");
        Connection other = connect("?busy_timeout=50")) {
      execute(one, "CREATE TABLE t (x)");
      one.setAutoCommit(false);
      execute(one, "INSERT INTO t VALUES (1)");
      assertThatThrownBy(() -> execute(other, "INSERT INTO t VALUES (2)"))
          .isInstanceOf(SQLTransientException.class)
          .hasMessageContaining("busy_timeout");
      one.commit();
      execute(other, "INSERT INTO t VALUES (2)");
      assertThat(count(one, "t")).isEqualTo(2);
    }
  }

  @Test
  void moreMemoryThanAllowedIsAnErrorAndTheConnectionGoesOn() throws SQLException {
    try (Connection connection = connect("?memory_limit=16");
        Statement statement = connection.createStatement()) {
      assertThatThrownBy(() -> statement.executeQuery("SELECT randomblob(100000000)"))
          .isInstanceOf(SQLException.class)
          .hasMessageContaining("memory_limit");
      execute(connection, "CREATE TABLE t (x)");
      assertThat(count(connection, "t")).isZero();
    }
  }

  @Test
  void aFullQuotaIsAnErrorAndNothingIsLost() throws SQLException {
    try (Connection connection = connect("?write_limit=1")) {
      execute(connection, "CREATE TABLE t (x)", "INSERT INTO t VALUES (1)");
      assertThatThrownBy(() -> execute(connection, "INSERT INTO t VALUES (randomblob(2000000))"))
          .isInstanceOf(SQLException.class);
    }
    try (Connection connection = connect("")) {
      assertThat(count(connection, "t")).isOne();
    }
  }

  @Test
  void walHasTheFileForOneConnection() throws SQLException {
    try (Connection one = connect("?journal_mode=wal")) {
      execute(one, "CREATE TABLE t (x)", "INSERT INTO t VALUES (1)");
      assertThat(this.folder.resolve("test.db-wal")).exists();
      assertThatThrownBy(() -> connect("?busy_timeout=20")).isInstanceOf(SQLException.class);
    }
  }

  @Test
  @SuppressWarnings("try") // What is closed is used on purpose.
  void whatIsWrongIsSaid() throws SQLException {
    assertThatThrownBy(() -> connect("?journl_mode=wal")).hasMessageContaining("journl_mode");
    assertThatThrownBy(() -> DriverManager.getConnection("jdbc:wasm-sqlite:/no/such/x.db"))
        .hasMessageContaining("/no/such/x.db");
    try (Connection connection = connect("");
        Statement statement = connection.createStatement()) {
      assertThatThrownBy(() -> statement.execute("SELECT 1; SELECT 2"))
          .isInstanceOf(SQLFeatureNotSupportedException.class);
      assertThatThrownBy(() -> statement.execute("SELECT * FROM missing"))
          .hasFieldOrPropertyWithValue("SQLState", "42S02");
      assertThatThrownBy(() -> connection.prepareCall("x"))
          .isInstanceOf(SQLFeatureNotSupportedException.class)
          .hasMessageContaining("Connection.prepareCall");
      connection.close();
      assertThatThrownBy(() -> statement.execute("SELECT 1")).hasMessageContaining("closed");
    }
  }
}
