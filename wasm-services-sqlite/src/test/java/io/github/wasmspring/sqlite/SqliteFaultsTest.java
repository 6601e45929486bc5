package io.github.wasmspring.sqlite;

import static io.github.wasmspring.sqlite.SqlCalls.ENDLESS;
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
import java.sql.SQLSyntaxErrorException;
import java.sql.SQLTransientException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TimeZone;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What goes wrong is told, and undone: commits that fail, connections that end, statements that are
 * cancelled.
 */
@Timeout(60)
class SqliteFaultsTest {

  private static final String NUMBERS =
      "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT %d) ";
  @TempDir Path folder;
  private String url = "";

  @BeforeEach
  void url() {
    this.url = "jdbc:wasm-sqlite:" + this.folder.resolve("test.db");
  }

  private Connection connect(String parameters) throws SQLException {
    return DriverManager.getConnection(this.url + parameters);
  }

  private static void fill(Connection connection, int rows) throws SQLException {
    execute(
        connection,
        "CREATE TABLE t (id INTEGER PRIMARY KEY, x)",
        "INSERT INTO t (x) " + NUMBERS.formatted(rows) + "SELECT 'old' FROM n");
  }

  @Test
  void everyConnectionHasRandomnessOfItsOwn() throws SQLException {
    Set<String> seen = new HashSet<>();
    int connections = 8;
    for (int i = 0; i < connections; i++) {
      try (Connection connection = DriverManager.getConnection("jdbc:wasm-sqlite::memory:")) {
        seen.add(ask(connection, "SELECT hex(randomblob(16))"));
      }
    }
    assertThat(seen).hasSize(connections);
  }

  @Test
  void anInsertThatReturnsRowsAndCannotCommitFails() throws SQLException {
    try (Connection setup = connect("")) {
      fill(setup, 5_000);
    }
    try (Connection reader = connect("");
        Statement reading = reader.createStatement();
        Connection writer = connect("?busy_timeout=50");
        Statement writing = writer.createStatement()) {
      reading.setFetchSize(1);
      writing.setFetchSize(1);
      try (ResultSet open = reading.executeQuery("SELECT x FROM t")) {
        assertThat(open.next()).isTrue();
        assertThatThrownBy(
                () -> {
                  try (ResultSet rows =
                      writing.executeQuery("INSERT INTO t (x) VALUES (1), (2) RETURNING id")) {
                    rows.next();
                  }
                })
            .isInstanceOf(SQLTransientException.class)
            .hasFieldOrPropertyWithValue("SQLState", "40001");
      }
      assertThat(ask(writer, "SELECT count(*) FROM t")).isEqualTo("5000");
      try (ResultSet rows =
          writing.executeQuery("INSERT INTO t (x) VALUES (1), (2) RETURNING id")) {
        assertThat(rows.next()).isTrue();
        assertThat(ask(reader, "SELECT count(*) FROM t")).isEqualTo("5002");
        assertThat(rows.next()).isTrue();
        assertThat(rows.getInt(1)).isEqualTo(5_002);
        assertThat(rows.next()).isFalse();
      }
    }
  }

  @Test
  void anInstantComesBackWhateverTheZoneAndInItsOrder() throws SQLException {
    TimeZone usual = TimeZone.getDefault();
    TimeZone.setDefault(TimeZone.getTimeZone("Asia/Tokyo"));
    Instant full = Instant.parse("2026-11-30T23:15:30Z");
    Instant half = full.plusMillis(500);
    try (Connection connection = connect("")) {
      execute(connection, "CREATE TABLE t (id INTEGER PRIMARY KEY, x)");
      try (PreparedStatement insert =
          connection.prepareStatement("INSERT INTO t (x) VALUES (?), (?), (?)")) {
        insert.setObject(1, half);
        insert.setTimestamp(2, Timestamp.from(full));
        insert.setObject(3, java.util.Date.from(full.minusSeconds(1)));
        insert.executeUpdate();
      }
      try (Statement statement = connection.createStatement();
          ResultSet rows = statement.executeQuery("SELECT x, datetime(x) FROM t ORDER BY x")) {
        for (Instant next : List.of(full.minusSeconds(1), full, half)) {
          assertThat(rows.next()).isTrue();
          assertThat(rows.getObject(1, Instant.class)).isEqualTo(next);
          assertThat(rows.getTimestamp(1)).isEqualTo(Timestamp.from(next));
          assertThat(rows.getString(2)).startsWith("2026-11-30 23:15:");
        }
      }
    } finally {
      TimeZone.setDefault(usual);
    }
  }

  @Test
  void rowsThatHaveNoRoomAreNotWrittenEither() throws SQLException {
    try (Connection connection = connect("?memory_limit=16")) {
      fill(connection, 100);
      assertThatThrownBy(
              () -> ask(connection, "UPDATE t SET x = 'new' RETURNING hex(zeroblob(200000))"))
          .isInstanceOf(SQLException.class)
          .hasFieldOrPropertyWithValue("SQLState", "53200");
      assertThat(ask(connection, "SELECT count(*) FROM t WHERE x = 'old'")).isEqualTo("100");
    }
  }

  private static void insertAndFailToCommit(Connection reader, Connection writer)
      throws SQLException {
    fill(reader, 5_000);
    writer.setAutoCommit(false);
    try (Statement reading = reader.createStatement()) {
      reading.setFetchSize(1);
      execute(writer, "INSERT INTO t (x) VALUES (1)");
      try (ResultSet open = reading.executeQuery("SELECT x FROM t")) {
        assertThat(open.next()).isTrue();
        assertThatThrownBy(writer::commit).isInstanceOf(SQLTransientException.class);
      }
    }
  }

  @Test
  void whatCouldNotBeCommittedIsRolledBackByAutoCommit() throws SQLException {
    try (Connection reader = connect("");
        Connection writer = connect("?busy_timeout=50")) {
      insertAndFailToCommit(reader, writer);
      writer.setAutoCommit(true);
      assertThat(ask(reader, "SELECT count(*) FROM t")).isEqualTo("5000");
      writer.setAutoCommit(false);
      execute(writer, "INSERT INTO t (x) VALUES (1)");
      writer.setAutoCommit(true);
      assertThat(ask(reader, "SELECT count(*) FROM t")).isEqualTo("5001");
    }
  }

  @Test
  void aCommitThatFailedCanBeTriedAgain() throws SQLException {
    try (Connection reader = connect("");
        Connection writer = connect("?busy_timeout=50")) {
      insertAndFailToCommit(reader, writer);
      writer.commit();
      writer.setAutoCommit(true);
      assertThat(ask(reader, "SELECT count(*) FROM t")).isEqualTo("5001");
    }
  }

  @Test
  @SuppressWarnings("try") // Statements that nobody closes are what this is about.
  void closingRollsBackWhateverStatementsAreOpen() throws SQLException {
    try (Connection setup = connect("")) {
      fill(setup, 20_000);
      execute(setup, "CREATE VIRTUAL TABLE f USING fts5(x)", "INSERT INTO f VALUES ('old')");
    }
    Connection connection = connect("?journal_mode=memory&cache_size=10");
    connection.setAutoCommit(false);
    PreparedStatement update = connection.prepareStatement("UPDATE t SET x = ? || x");
    update.setString(1, "n".repeat(100));
    assertThat(update.executeUpdate()).isEqualTo(20_000);
    PreparedStatement insert = connection.prepareStatement("INSERT INTO f VALUES ('new')");
    insert.executeUpdate();
    Statement reading = connection.createStatement();
    reading.setFetchSize(1);
    assertThat(reading.executeQuery("SELECT x FROM t").next()).isTrue();
    connection.close();
    try (Connection after = connect("")) {
      assertThat(ask(after, "PRAGMA integrity_check")).isEqualTo("ok");
      assertThat(ask(after, "SELECT count(*) FROM t WHERE x = 'old'")).isEqualTo("20000");
      assertThat(ask(after, "SELECT count(*) FROM f WHERE f MATCH 'new'")).isEqualTo("0");
      assertThat(ask(after, "SELECT count(*) FROM f WHERE f MATCH 'old'")).isEqualTo("1");
    }
  }

  @Test
  void keysThatAreReadAfterACommitBeginNoTransaction() throws SQLException {
    try (Connection connection = connect("");
        Connection other = connect("?busy_timeout=50")) {
      execute(connection, "CREATE TABLE t (id INTEGER PRIMARY KEY, x)");
      connection.setAutoCommit(false);
      try (PreparedStatement insert =
          connection.prepareStatement(
              "INSERT INTO t (x) VALUES (1)", Statement.RETURN_GENERATED_KEYS)) {
        insert.executeUpdate();
        connection.commit();
        ResultSet keys = insert.getGeneratedKeys();
        assertThat(keys.next()).isTrue();
        assertThat(keys.getLong(1)).isOne();
        execute(other, "INSERT INTO t (x) VALUES (2)");
        insert.executeUpdate();
        assertThat(keys.isClosed()).isTrue();
        connection.rollback();
      }
    }
  }

  @Test
  void aBrokenConnectionSaysSo() throws SQLException {
    try (Connection connection = connect("?call_limit=1000");
        Statement statement = connection.createStatement();
        PreparedStatement prepared = connection.prepareStatement("SELECT ?")) {
      prepared.setInt(1, 1);
      assertThatThrownBy(() -> statement.executeQuery(ENDLESS))
          .isInstanceOf(SQLException.class)
          .hasFieldOrPropertyWithValue("SQLState", "08006");
      assertThatThrownBy(() -> statement.executeQuery("SELECT 1"))
          .isInstanceOf(SQLException.class)
          .hasFieldOrPropertyWithValue("SQLState", "08006");
      assertThatThrownBy(prepared::executeQuery)
          .isInstanceOf(SQLException.class)
          .hasFieldOrPropertyWithValue("SQLState", "08006");
      assertThat(connection.isValid(1)).isFalse();
    }
  }

  @Test
  void anotherThreadCancelsABatch() throws Exception {
    try (Connection connection = connect("");
        PreparedStatement statement =
            connection.prepareStatement(
                NUMBERS.formatted(1_000_000_000) + "SELECT count(*) FROM n WHERE i > ?")) {
      statement.setInt(1, 0);
      statement.addBatch();
      cancelled(statement);
      assertThat(ask(connection, "SELECT 1")).isEqualTo("1");
    }
  }

  @Test
  void anotherThreadCancelsABatchOfTexts() throws Exception {
    try (Connection connection = connect("");
        Statement statement = connection.createStatement()) {
      execute(connection, "CREATE TABLE t (x)");
      for (int i = 0; i < 20_000; i++) {
        statement.addBatch("INSERT INTO t VALUES (1)");
      }
      connection.setAutoCommit(false);
      cancelled(statement);
      connection.rollback();
      assertThat(ask(connection, "SELECT count(*) FROM t")).isEqualTo("0");
    }
  }

  private static void cancelled(Statement statement) throws SQLException {
    CompletableFuture<int[]> batch =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return statement.executeBatch();
              } catch (SQLException failure) {
                throw new IllegalStateException(failure);
              }
            });
    while (!batch.isDone()) {
      statement.cancel();
      Thread.onSpinWait();
    }
    assertThatThrownBy(batch::get)
        .isInstanceOf(ExecutionException.class)
        .hasRootCauseMessage("The statement was cancelled");
  }

  @Test
  void sqlWithANulCharacterIsRefused() throws SQLException {
    try (Connection connection = connect("");
        Statement statement = connection.createStatement()) {
      execute(connection, "CREATE TABLE t (x)", "INSERT INTO t VALUES (1)");
      List<String> texts = new ArrayList<>();
      texts.add("DELETE FROM t\0 WHERE x = 2");
      texts.add("\0SELECT 1");
      for (String text : texts) {
        assertThatThrownBy(() -> statement.execute(text))
            .isInstanceOf(SQLSyntaxErrorException.class)
            .hasMessageContaining("NUL");
      }
      assertThat(ask(connection, "SELECT count(*) FROM t")).isEqualTo("1");
    }
  }
}
