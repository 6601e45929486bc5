package io.github.wasmspring.sqlite.tools;

import static io.github.wasmspring.sqlite.tools.ToolConnections.execute;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class QueryCacheTest {

  private static final String PRICES = "SELECT name, price FROM item ORDER BY id";

  /** Others read meanwhile, for it is not committed before its end. */
  private static final String SLOW_INSERT =
      "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 20000) INSERT INTO item (price) SELECT max(i) FROM n";

  @TempDir static Path folder;
  private static int files;
  private static Connection keeper;
  private Path file = Path.of("");
  private TestPool pool;
  private QueryCache cache;

  /** So that the module need not be made ready for each test. */
  @BeforeAll
  static void keep() throws SQLException {
    keeper = DriverManager.getConnection("jdbc:wasm-sqlite:" + folder.resolve("keeper.db"));
  }

  @AfterAll
  static void end() throws SQLException {
    keeper.close();
  }

  @BeforeEach
  void open() throws SQLException {
    this.file = folder.resolve(++files + ".db");
    open("jdbc:wasm-sqlite:" + this.file, 2);
  }

  private void open(String url, int size) throws SQLException {
    this.pool = new TestPool(url, size);
    execute(
        this.pool.physical(0),
        "CREATE TABLE item (id INTEGER PRIMARY KEY, name TEXT, price INTEGER)");
    execute(
        this.pool.physical(0),
        "CREATE TABLE sale (id INTEGER PRIMARY KEY, item INTEGER REFERENCES item ON DELETE CASCADE)");
    execute(this.pool.physical(0), "INSERT INTO item (name, price) VALUES ('tea', 4), ('cup', 9)");
    execute(this.pool.physical(0), "INSERT INTO sale (item) VALUES (1), (1), (2)");
    this.cache = SqliteTools.of(this.pool).queryCache();
  }

  @AfterEach
  void close() throws SQLException {
    this.pool.close();
  }

  private void hits(int hits) {
    assertThat(this.cache.stats().hits()).isEqualTo(hits);
  }

  @Test
  void anAnswerIsKeptAndHasWhatTheDatabaseHas() throws SQLException {
    SqlRows first = this.cache.query(PRICES);
    assertThat(first.columns()).containsExactly("name", "price");
    assertThat(first.get(1).getString("NAME")).isEqualTo("cup");
    assertThat(first.get(0).getLong("price")).isEqualTo(4);
    assertThat(this.cache.query(PRICES)).isSameAs(first);
    hits(1);
  }

  @Test
  void valuesMakeOtherAnswersAndTheirTypesToo() throws SQLException {
    String sql = "SELECT typeof(?) AS type, count(*) AS n FROM item WHERE price < 100";
    assertThat(this.cache.query(sql, 1).get(0).get("type")).isEqualTo("integer");
    assertThat(this.cache.query(sql, 1.0).get(0).get("type")).isEqualTo("real");
    assertThat(this.cache.query(sql, "1").get(0).get("type")).isEqualTo("text");
    assertThat(this.cache.query(sql, new byte[] {1}).get(0).get("type")).isEqualTo("blob");
    assertThat(this.cache.query(sql, (Object) null).get(0).get("type")).isEqualTo("null");
    hits(0);
    this.cache.query(sql, 1L);
    this.cache.query(sql, new byte[] {1});
    hits(2);
  }

  @Test
  void aWriteOfATableOutdatesWhatReadsIt() throws SQLException {
    this.cache.query(PRICES);
    execute(this.pool.physical(1), "UPDATE item SET price = 5 WHERE id = 1");
    assertThat(this.cache.query(PRICES).get(0).getLong("price")).isEqualTo(5);
    hits(0);
    assertThat(this.cache.stats().outdated()).isEqualTo(1);
  }

  @Test
  void aWriteOfAnotherTableDoesNot() throws SQLException {
    SqlRows first = this.cache.query(PRICES);
    execute(this.pool.physical(1), "INSERT INTO sale (item) VALUES (2)");
    execute(this.pool.physical(0), "DELETE FROM sale WHERE id = 1");
    assertThat(this.cache.query(PRICES)).isSameAs(first);
    hits(1);
  }

  @Test
  void viewsAreReadAsTheirTables() throws SQLException {
    execute(
        this.pool.physical(0),
        "CREATE VIEW sold AS SELECT name, count(*) AS n FROM sale JOIN item ON item.id = sale.item GROUP BY name");
    String sql = "SELECT n FROM sold WHERE name = ?";
    assertThat(this.cache.query(sql, "tea").get(0).getLong("n")).isEqualTo(2);
    execute(this.pool.physical(1), "INSERT INTO sale (item) VALUES (1)");
    assertThat(this.cache.query(sql, "tea").get(0).getLong("n")).isEqualTo(3);
  }

  @Test
  void triggersAndForeignKeysWriteTheirTables() throws SQLException {
    execute(this.pool.physical(0), "CREATE TABLE log (what TEXT)");
    execute(
        this.pool.physical(0),
        "CREATE TRIGGER told AFTER UPDATE ON item BEGIN INSERT INTO log VALUES (new.name); END");
    String logged = "SELECT count(*) AS n FROM log";
    String sales = "SELECT count(*) AS n FROM sale";
    this.cache.query(logged);
    this.cache.query(sales);
    execute(this.pool.physical(1), "UPDATE item SET price = 1");
    assertThat(this.cache.query(logged).get(0).getLong("n")).isEqualTo(2);
    hits(0);
    this.cache.query(sales);
    hits(1);
    execute(this.pool.physical(1), "DELETE FROM item WHERE id = 1");
    assertThat(this.cache.query(sales).get(0).getLong("n")).isEqualTo(1);
    hits(1);
  }

  @Test
  void aTriggerThatComesLaterIsSeenByStatementsThatWerePreparedBefore() throws SQLException {
    execute(this.pool.physical(0), "CREATE TABLE log (what TEXT)");
    String logged = "SELECT count(*) AS n FROM log";
    try (var update = this.pool.physical(1).prepareStatement("UPDATE item SET price = 2")) {
      update.executeUpdate();
      execute(
          this.pool.physical(0),
          "CREATE TRIGGER told AFTER UPDATE ON item BEGIN INSERT INTO log VALUES ('x'); END");
      for (int times = 0; times < 3; times++) {
        assertThat(this.cache.query(logged).get(0).getLong("n")).isEqualTo(2 * times);
        update.executeUpdate();
      }
    }
  }

  @Test
  void aNewSchemaOutdatesAll() throws SQLException {
    String all = "SELECT * FROM item";
    this.cache.query(all);
    execute(this.pool.physical(1), "ALTER TABLE item ADD COLUMN stock INTEGER DEFAULT 7");
    assertThat(this.cache.query(all).columns()).contains("stock");
    execute(this.pool.physical(1), "DROP TABLE sale");
    execute(this.pool.physical(1), "DROP TABLE item");
    assertThatThrownBy(() -> this.cache.query(all)).hasMessageContaining("no such table");
    assertThat(this.pool.idle()).isEqualTo(2);
  }

  @Test
  void aTransactionThatWritesAsksTheDatabase() throws SQLException {
    Connection connection = this.pool.physical(0);
    SqliteTools tools = SqliteTools.of(TestPool.of(connection));
    QueryCache ofOne = tools.queryCache();
    ofOne.query(PRICES);
    connection.setAutoCommit(false);
    execute(connection, "UPDATE item SET price = 50");
    assertThat(ofOne.query(PRICES).get(0).getLong("price")).isEqualTo(50);
    connection.rollback();
    connection.setAutoCommit(true);
    assertThat(ofOne.query(PRICES).get(0).getLong("price")).isEqualTo(4);
    assertThat(ofOne.stats().bypassed()).isEqualTo(1);
  }

  @Test
  void aTransactionThatOnlyReadsUsesWhatIsKept() throws SQLException {
    Connection connection = this.pool.physical(0);
    QueryCache ofOne = SqliteTools.of(TestPool.of(connection)).queryCache();
    ofOne.query(PRICES);
    connection.setReadOnly(true);
    connection.setAutoCommit(false);
    ofOne.query("SELECT count(*) FROM sale");
    ofOne.query(PRICES);
    assertThat(ofOne.stats().hits()).isEqualTo(1);
    connection.commit();
    connection.setAutoCommit(true);
    connection.setReadOnly(false);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT random() FROM item",
        "SELECT CURRENT_TIMESTAMP, name FROM item",
        "SELECT name FROM item WHERE date('now') > '2000'",
        "SELECT changes(), name FROM item",
        "SELECT value FROM json_each('[1,2]')",
        "SELECT name FROM sqlite_schema",
        "SELECT schema FROM pragma_table_list",
        "PRAGMA user_version",
        "/* why */ EXPLAIN SELECT * FROM item"
      })
  void whatDependsOnMoreThanTablesIsNotKept(String sql) throws SQLException {
    this.cache.query(sql);
    this.cache.query(sql);
    hits(0);
    assertThat(this.cache.stats().entries()).isZero();
  }

  @Test
  void everyFunctionThatSqliteCallsUnsteadyIsKnown() throws SQLException {
    Set<String> unsteady = new HashSet<>();
    int deterministic = 0x800;
    for (SqlRow row :
        SqlRows.read(
            this.pool.physical(0),
            "SELECT name, flags FROM pragma_function_list WHERE type = 's'",
            List.of())) {
      if ((row.getLong("flags") & deterministic) == 0) {
        unsteady.add(row.getString("name"));
      }
    }
    unsteady.removeAll(StatementReads.VOLATILE);
    assertThat(unsteady)
        .as("of virtual tables, of their own rows, or refused")
        .isSubsetOf(UNSTEADY_BUT_HARMLESS);
  }

  private static final Set<String> UNSTEADY_BUT_HARMLESS =
      Set.of(
          "fts5",
          "fts5_get_locale",
          "fts5_insttoken",
          "fts5_locale",
          "snippet",
          "bm25",
          "highlight",
          "match",
          "rtreedepth",
          "rtreenode",
          "sqlite_source_id",
          "sqlite_version",
          "sqlite_compileoption_used",
          "sqlite_compileoption_get");

  @Test
  void aTemporaryTableBeforeAnotherOfItsNameIsRead() throws SQLException {
    this.cache.query(PRICES);
    for (int i = 0; i < 2; i++) {
      execute(this.pool.physical(i), "CREATE TEMP TABLE item (id, name, price)");
    }
    assertThat(this.cache.query(PRICES).isEmpty()).isTrue();
  }

  @Test
  void virtualTablesAreAskedEachTime() throws SQLException {
    execute(this.pool.physical(0), "CREATE VIRTUAL TABLE text USING fts5(body)");
    execute(this.pool.physical(0), "INSERT INTO text VALUES ('green tea')");
    String sql = "SELECT count(*) AS n FROM text WHERE text MATCH 'tea'";
    String shadow = "SELECT count(*) AS n FROM text_content";
    for (int i = 1; i < 4; i++) {
      assertThat(this.cache.query(sql).get(0).getLong("n")).isEqualTo(i);
      assertThat(this.cache.query(shadow).get(0).getLong("n")).isEqualTo(i);
      execute(this.pool.physical(i % 2), "INSERT INTO text VALUES ('black tea')");
    }
    hits(0);
  }

  @Test
  void statementsThatWriteAreRunEachTime() throws SQLException {
    String sql = "WITH n(x) AS (SELECT 7) INSERT INTO item (price) SELECT x FROM n RETURNING id";
    assertThat(this.cache.query(sql).get(0).getLong("id")).isEqualTo(3);
    assertThat(this.cache.query(sql).get(0).getLong("id")).isEqualTo(4);
    assertThat(this.cache.query("DELETE FROM item WHERE price = 7 RETURNING id").size())
        .isEqualTo(2);
  }

  @Test
  void limitsHold() throws SQLException {
    QueryCache small =
        SqliteTools.of(this.pool).queryCache(new QueryCacheSettings(10, 1 << 20, 10_000));
    for (int i = 0; i < 100; i++) {
      small.query("SELECT name FROM item WHERE id = ?", i);
    }
    assertThat(small.stats().entries()).isBetween(1L, 10L);
    small.clear();
    small.query("SELECT printf('%.*c', 20000, 'x') FROM item");
    assertThat(small.stats().entries()).isZero();
    assertThatThrownBy(() -> new QueryCacheSettings(0, 1, 1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void valuesThatCanBeReadOnceAreNotKept() throws SQLException {
    for (int i = 0; i < 2; i++) {
      SqlRows rows =
          this.cache.query(
              "SELECT hex(?) AS h FROM item", new ByteArrayInputStream(new byte[] {10}));
      assertThat(rows.get(0).get("h")).isEqualTo("0A");
    }
    hits(0);
  }

  @Test
  void blobsOfAnAnswerCannotBeChanged() throws SQLException {
    String sql = "SELECT x'0102' AS b FROM item";
    ((byte[]) this.cache.query(sql).get(0).get("b"))[0] = 9;
    assertThat((byte[]) this.cache.query(sql).get(0).get("b")).containsExactly(1, 2);
    hits(1);
  }

  @Test
  void connectionsOfOtherDriversAreRefused() throws SQLException {
    try (TestPool other = new TestPool("jdbc:sqlite::memory:", 1)) {
      QueryCache ofOther = SqliteTools.of(other).queryCache();
      assertThatThrownBy(() -> ofOther.query("SELECT 1")).hasMessageContaining("jdbc:wasm-sqlite:");
      assertThat(other.idle()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"jdbc:wasm-sqlite::memory:", "?journal_mode=wal", "?journal_mode=persist"})
  void otherKindsOfDatabasesAreKeptUpWithToo(String kind) throws SQLException {
    this.pool.close();
    String url =
        kind.startsWith("?") ? "jdbc:wasm-sqlite:" + folder + "/" + ++files + ".db" + kind : kind;
    open(url, 1);
    SqlRows first = this.cache.query(PRICES);
    execute(this.pool.physical(0), "INSERT INTO sale (item) VALUES (2)");
    assertThat(this.cache.query(PRICES)).isEqualTo(first);
    hits(1);
    execute(this.pool.physical(0), "UPDATE item SET price = 5 WHERE id = 1");
    assertThat(this.cache.query(PRICES).get(0).getLong("price")).isEqualTo(5);
    execute(this.pool.physical(0), "ALTER TABLE item RENAME COLUMN price TO cost");
    assertThatThrownBy(() -> this.cache.query(PRICES)).hasMessageContaining("price");
  }

  @Test
  void anotherProcessOutdatesAnswers() throws Exception {
    try (NativeProcess other = new NativeProcess(this.file)) {
      this.cache.query(PRICES);
      other.execute("INSERT INTO sale (item) VALUES (2)");
      other.execute("UPDATE item SET price = 6 WHERE id = 1");
      assertThat(this.cache.query(PRICES).get(0).getLong("price")).isEqualTo(6);
      execute(this.pool.physical(0), "INSERT INTO sale (item) VALUES (2)");
      this.cache.query(PRICES);
      hits(1);
      other.execute("PRAGMA journal_mode=wal");
      other.execute("UPDATE item SET price = 8 WHERE id = 1");
      assertThatThrownBy(() -> this.cache.query(PRICES)).isInstanceOf(SQLException.class);
    }
  }

  @Test
  void aConnectionThatKeepsItsLocksSeesItsOwnWrites() throws SQLException {
    try (Connection alone =
        DriverManager.getConnection("jdbc:wasm-sqlite:" + folder.resolve("alone.db"))) {
      QueryCache ofOne = SqliteTools.of(TestPool.of(alone)).queryCache();
      execute(alone, "CREATE TABLE t (x)");
      execute(alone, "PRAGMA locking_mode=EXCLUSIVE");
      for (int i = 0; i < 5; i++) {
        assertThat(ofOne.query("SELECT count(*) AS n FROM t").get(0).getLong("n")).isEqualTo(i);
        assertThat(ofOne.query("SELECT count(*) AS n FROM t").get(0).getLong("n")).isEqualTo(i);
        execute(alone, "INSERT INTO t VALUES (1)");
      }
      assertThat(ofOne.stats().hits()).isEqualTo(5);
    }
  }

  @Test
  void aBatchThatCommitsEachRowOutdatesAnswersBetweenThem() throws Exception {
    String count = "SELECT count(*) AS n FROM item";
    AtomicBoolean done = new AtomicBoolean();
    CompletableFuture<Integer> reading =
        CompletableFuture.supplyAsync(
            () -> {
              int asked = 0;
              try {
                while (!done.get()) {
                  this.cache.query(count);
                  asked++;
                }
                return asked;
              } catch (SQLException failure) {
                throw new IllegalStateException(failure);
              }
            });
    try (Connection writer =
            DriverManager.getConnection("jdbc:wasm-sqlite:" + this.file + "?synchronous=off");
        PreparedStatement insert = writer.prepareStatement(SLOW_INSERT)) {
      while (this.cache.stats().hits() == 0) {
        Thread.onSpinWait();
      }
      for (int row = 0; row < 12; row++) {
        insert.addBatch();
      }
      insert.executeBatch();
    } finally {
      done.set(true);
    }
    assertThat(reading.get()).isPositive();
    assertThat(this.cache.query(count).get(0).getLong("n")).isEqualTo(14);
  }

  @Test
  void aStatementThatFirstRollsBackWhatAKilledWriterLeftOutdatesItsTables() throws Exception {
    Path template = folder.resolve("template-" + files + ".db");
    Path copy = folder.resolve("hot-" + files + ".db");
    try (Connection killed = DriverManager.getConnection("jdbc:wasm-sqlite:" + template)) {
      execute(killed, "CREATE TABLE t (x)");
      execute(
          killed,
          "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 500) INSERT INTO t SELECT randomblob(900) FROM n");
      Files.copy(template, copy);
      execute(killed, "PRAGMA cache_size=5");
      execute(killed, "BEGIN");
      execute(killed, "UPDATE t SET x = randomblob(900)");
      try (TestPool two = new TestPool("jdbc:wasm-sqlite:" + copy, 2)) {
        QueryCache ofCopy = SqliteTools.of(two).queryCache();
        String count = "SELECT count(*) AS n FROM t";
        assertThat(ofCopy.query(count).get(0).getLong("n")).isEqualTo(500);
        Path journal = folder.resolve(copy.getFileName() + "-journal");
        Files.copy(
            folder.resolve(template.getFileName() + "-journal"),
            journal,
            StandardCopyOption.REPLACE_EXISTING);
        assertThat(Files.size(journal)).isPositive();
        execute(two.physical(1), "INSERT INTO t VALUES (1)");
        assertThat(Files.size(journal)).as("rolled back").isZero();
        assertThat(ofCopy.query(count).get(0).getLong("n")).isEqualTo(501);
      }
    }
  }

  @Test
  void aWriteOfAThreadThatSharesTheConnectionIsKeptAndSeen() throws Exception {
    Connection shared = this.pool.physical(0);
    List<Thread> writers = new ArrayList<>();
    Connection watched =
        (Connection)
            Proxy.newProxyInstance(
                QueryCacheTest.class.getClassLoader(),
                new Class<?>[] {Connection.class},
                (proxy, method, arguments) -> {
                  if (writers.isEmpty()
                      && arguments != null
                      && String.valueOf(arguments[0]).startsWith("EXPLAIN")) {
                    writers.add(writeMeanwhile(shared));
                  }
                  return method.invoke(shared, arguments);
                });
    QueryCache ofShared = SqliteTools.of(TestPool.of(watched)).queryCache();
    String count = "SELECT count(*) AS n FROM item";
    ofShared.query(count);
    assertThat(writers).hasSize(1);
    writers.get(0).join();
    assertThat(ofShared.query(count).get(0).getLong("n")).isEqualTo(3);
    assertThat(SqlRows.read(this.pool.physical(1), count, List.of()).get(0).getLong("n"))
        .isEqualTo(3);
  }

  /** Returns when it has written, or waits to. */
  private static Thread writeMeanwhile(Connection connection) {
    Thread writer =
        new Thread(
            () -> {
              try {
                execute(connection, "INSERT INTO item (price) VALUES (1)");
              } catch (SQLException failure) {
                throw new IllegalStateException(failure);
              }
            });
    writer.start();
    while (writer.isAlive() && writer.getState() != Thread.State.WAITING) {
      Thread.onSpinWait();
    }
    return writer;
  }

  @Test
  void aWriteWithoutRowsIsRunOnceAndAnsweredWithNone() throws SQLException {
    SqlRows rows = this.cache.query("INSERT INTO item (price) VALUES (?)", 77);
    assertThat(rows.isEmpty()).isTrue();
    assertThat(rows.columns()).isEmpty();
    assertThat(this.cache.query("SELECT id FROM item WHERE price = 77").size()).isEqualTo(1);
  }
}
