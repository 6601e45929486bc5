package io.github.wasmspring.sqlite.tools;

import static io.github.wasmspring.sqlite.tools.ToolConnections.execute;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.wasmspring.sqlite.tools.IndexAdvice.Suggestion;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class IndexAdvisorTest {

  private static final String NUMBERS =
      "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 1500) ";

  @TempDir static Path folder;
  private static Path file;
  private static TestPool pool;
  private static SqliteTools tools;

  @BeforeAll
  static void fill() throws SQLException {
    file = folder.resolve("shop.db");
    pool = new TestPool("jdbc:wasm-sqlite:" + file + "?synchronous=off", 1);
    Connection connection = pool.physical(0);
    execute(
        connection,
        "CREATE TABLE orders (id INTEGER PRIMARY KEY, customer INTEGER, day INTEGER, \"the sum\" INTEGER, note TEXT)");
    execute(connection, "CREATE TABLE customer (id INTEGER PRIMARY KEY, city TEXT, age INTEGER)");
    execute(connection, "CREATE INDEX city ON customer (city)");
    execute(
        connection,
        "INSERT INTO orders (customer, day, \"the sum\", note) "
            + NUMBERS
            + "SELECT i % 150, i * 7919 % 1000, i * 31 % 5000, 'note ' || i FROM n");
    execute(
        connection,
        "INSERT INTO customer (city, age) " + NUMBERS + "SELECT 'c' || i % 50, i % 90 FROM n");
    execute(connection, "CREATE VIEW recent AS SELECT customer, note FROM orders WHERE day > 900");
    tools = SqliteTools.of(pool);
  }

  @AfterAll
  static void close() throws SQLException {
    pool.close();
  }

  private static List<Suggestion> advise(WorkloadStatement... workload) throws SQLException {
    IndexAdvice advice = tools.advise(List.of(workload));
    assertThat(advice.complete()).isTrue();
    return advice.indexes();
  }

  @Test
  void anIndexIsAdvisedForAFullScanAndMeasured() throws Exception {
    byte[] before = Files.readAllBytes(file);
    String sql = "SELECT note FROM orders WHERE customer = ?";
    List<Suggestion> advised = advise(WorkloadStatement.of(sql, 7));
    assertThat(advised).hasSize(1);
    Suggestion index = advised.get(0);
    assertThat(index.sql()).startsWith("CREATE INDEX \"orders_customer");
    assertThat(index.columns().get(0)).isEqualTo("customer");
    assertThat(index.reason()).startsWith("SEARCH orders USING").contains("instead of SCAN orders");
    assertThat(index.bytes()).isBetween(10_000L, 500_000L);
    assertThat(index.gains()).hasSize(1);
    assertThat(index.gains().get(0).stepsAfter())
        .isLessThan(index.gains().get(0).stepsBefore() / 20);
    assertThat(Files.readAllBytes(file)).isEqualTo(before);
  }

  @Test
  void equalityComesBeforeWhatSorts() throws SQLException {
    List<Suggestion> advised =
        advise(
            WorkloadStatement.of(
                "SELECT id FROM orders WHERE customer = ? AND day > ? ORDER BY day LIMIT 3",
                7,
                10));
    assertThat(advised).hasSize(1);
    assertThat(advised.get(0).columns()).startsWith("customer", "day");
  }

  @Test
  void joinsAndViewsAreLookedThrough() throws SQLException {
    List<Suggestion> advised =
        advise(
            WorkloadStatement.of(
                "SELECT count(*) FROM customer c JOIN recent r ON r.customer = c.id WHERE c.age = 30"));
    assertThat(advised).isNotEmpty();
    assertThat(advised).extracting(Suggestion::table).isSubsetOf("orders", "customer");
    assertThat(advised.get(0).gains().get(0).stepsAfter())
        .isLessThan(advised.get(0).gains().get(0).stepsBefore() / 2);
  }

  @Test
  void quotedColumnsAreAdvisedToo() throws SQLException {
    List<Suggestion> advised =
        advise(WorkloadStatement.of("SELECT id FROM orders WHERE \"the sum\" = ?", 31));
    assertThat(advised).extracting(Suggestion::columns).containsExactly(List.of("the sum"));
    try (Connection connection = pool.getConnection()) {
      connection.setAutoCommit(false);
      execute(connection, advised.get(0).sql());
      connection.rollback();
      connection.setAutoCommit(true);
    }
  }

  @Test
  void whatIsFastAlreadyNeedsNothing() throws SQLException {
    assertThat(
            advise(
                WorkloadStatement.of("SELECT * FROM orders WHERE id = ?", 5),
                WorkloadStatement.of("SELECT id FROM customer WHERE city = ?", "c7"),
                WorkloadStatement.of("SELECT sum(\"the sum\"), max(note) FROM orders"),
                WorkloadStatement.of("INSERT INTO orders (customer, day) VALUES (?, ?)", 1, 2)))
        .isEmpty();
    assertThat(advise()).isEmpty();
  }

  @Test
  void anIndexThatCostsMoreThanItSavesIsNotAdvised() throws SQLException {
    WorkloadStatement rare =
        WorkloadStatement.of("SELECT note FROM orders WHERE customer = 7").withWeight(0.000_001);
    WorkloadStatement usual =
        WorkloadStatement.of("UPDATE orders SET customer = customer + 1, day = day + 1, note = ''")
            .withWeight(1_000);
    assertThat(advise(rare, usual)).isEmpty();
  }

  @Test
  void statementsThatChangeRowsAreAdvisedForAndTakenBack() throws Exception {
    byte[] before = Files.readAllBytes(file);
    List<Suggestion> advised =
        advise(WorkloadStatement.of("DELETE FROM orders WHERE customer = ?", 7));
    assertThat(advised).hasSize(1);
    assertThat(Files.readAllBytes(file)).isEqualTo(before);
  }

  @Test
  void limitsHold() throws SQLException {
    AdvisorSettings usual = AdvisorSettings.DEFAULTS;
    List<WorkloadStatement> workload =
        List.of(WorkloadStatement.of("SELECT note FROM orders WHERE customer = 7"));
    assertThatThrownBy(
            () ->
                tools.advise(
                    workload, new AdvisorSettings(1_000, usual.statement(), usual.total(), 0.2, 8)))
        .hasMessageContaining("raise AdvisorSettings.databaseBytes");
    IndexAdvice none =
        tools.advise(
            workload, new AdvisorSettings(1 << 30, usual.statement(), Duration.ofNanos(1), 0.2, 8));
    assertThat(none.complete()).isFalse();
    assertThat(none.indexes()).isEmpty();
    assertThatThrownBy(() -> new AdvisorSettings(1, usual.statement(), usual.total(), 1.5, 8))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aStatementThatNeverEndsIsStopped() throws SQLException {
    String endless =
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n, orders WHERE customer = 7";
    IndexAdvice advice =
        tools.advise(
            List.of(
                WorkloadStatement.of(endless),
                WorkloadStatement.of("SELECT note FROM orders WHERE customer = 7")),
            new AdvisorSettings(1 << 30, Duration.ofMillis(100), Duration.ofSeconds(3), 0.2, 8));
    assertThat(advice.tried()).isPositive();
  }

  @Test
  void whatIsNoStatementForIndexesIsRefused() {
    for (String sql :
        new String[] {
          "VACUUM", "ATTACH 'x' AS y", "PRAGMA user_version", "DROP TABLE orders", ""
        }) {
      assertThatThrownBy(() -> tools.advise(List.of(WorkloadStatement.of(sql))))
          .hasMessageContaining("read or change rows");
    }
    assertThatThrownBy(
            () -> tools.advise(List.of(WorkloadStatement.of("SELECT missing FROM orders"))))
        .hasMessageContaining("no such column");
    assertThatThrownBy(() -> WorkloadStatement.of("SELECT 1").withWeight(Double.NaN))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aStatementThatIsStoppedWhileItWritesEndsNothing() throws SQLException {
    AdvisorSettings hasty =
        new AdvisorSettings(1L << 30, Duration.ofMillis(20), Duration.ofSeconds(20), 0.2, 8);
    WorkloadStatement endless =
        WorkloadStatement.of(
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 500000000) INSERT INTO orders (note) SELECT i FROM n");
    WorkloadStatement quick = WorkloadStatement.of("SELECT note FROM orders WHERE customer = 7");
    assertThat(tools.advise(List.of(quick, endless), hasty).indexes()).isNotNull();
  }

  @Test
  void indexesThatTakeTooMuchTimeOrRoomAreNotMade() throws SQLException {
    CandidateIndex index = new CandidateIndex("orders", List.of("note"));
    AdvisorSettings tiny =
        new AdvisorSettings(1, Duration.ofSeconds(5), Duration.ofMinutes(2), 0.2, 8);
    String made = "SELECT name FROM sqlite_schema WHERE name LIKE 'orders\\_%' ESCAPE '\\'";
    try (DatabaseCopy copy = DatabaseCopy.of(pool.physical(0), 1 << 30);
        Connection connection = copy.connect()) {
      long now = System.nanoTime();
      IndexTrials late = new IndexTrials(connection, AdvisorSettings.DEFAULTS, now);
      assertThat(late.create(List.of(index))).isFalse();
      assertThat(late.isFull()).isFalse();
      long later = now + Duration.ofMinutes(1).toNanos();
      IndexTrials small = new IndexTrials(connection, tiny, later);
      assertThat(small.create(List.of(index))).isFalse();
      assertThat(small.isFull()).isTrue();
      assertThat(SqlRows.read(connection, made, List.of()).isEmpty()).isTrue();
      IndexTrials roomy = new IndexTrials(connection, AdvisorSettings.DEFAULTS, later);
      assertThat(roomy.create(List.of(index))).isTrue();
      assertThat(SqlRows.read(connection, made, List.of()).size()).isEqualTo(1);
    }
  }
}
