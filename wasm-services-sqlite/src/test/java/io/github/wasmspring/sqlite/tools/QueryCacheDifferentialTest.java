package io.github.wasmspring.sqlite.tools;

import static io.github.wasmspring.sqlite.tools.ToolConnections.execute;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the cache answers is what a fresh query answers, whoever writes in between. */
@Timeout(60)
class QueryCacheDifferentialTest {

  private static final int STEPS = Integer.getInteger("sqlite.cacheSteps", 800);

  private static final List<String> QUERIES =
      List.of(
          "SELECT count(*), sum(x) FROM a WHERE x > ?",
          "SELECT x FROM b WHERE x > ? ORDER BY id LIMIT 5",
          "SELECT count(*) FROM c WHERE x >= ? - 100",
          "SELECT a.x, b.x FROM a JOIN b ON a.id = b.id WHERE a.x > ? ORDER BY a.id LIMIT 5",
          "SELECT n FROM both WHERE n > ? - 50",
          "WITH s(v) AS (SELECT max(x) FROM w) SELECT v, ? FROM s",
          "SELECT * FROM w WHERE x > ? ORDER BY k",
          "SELECT EXISTS (SELECT 1 FROM c WHERE x = ?)");

  private static final String VIEW =
      "CREATE VIEW IF NOT EXISTS both AS SELECT (SELECT count(*) FROM a) + (SELECT count(*) FROM b) AS n";

  @TempDir Path folder;

  private static void schema(Connection connection) throws SQLException {
    execute(connection, "CREATE TABLE a (id INTEGER PRIMARY KEY, x INTEGER)");
    execute(
        connection,
        "CREATE TABLE b (id INTEGER PRIMARY KEY, x INTEGER, a INTEGER REFERENCES a ON DELETE SET NULL)");
    execute(connection, "CREATE TABLE c (x INTEGER)");
    execute(connection, "CREATE INDEX c_x ON c (x)");
    execute(connection, "CREATE TABLE w (k TEXT PRIMARY KEY, x INTEGER) WITHOUT ROWID");
    execute(connection, VIEW);
  }

  private static String write(Random random) {
    int x = random.nextInt(100);
    return switch (random.nextInt(14)) {
      case 0, 1 -> "INSERT INTO a (x) VALUES (%d)".formatted(x);
      case 2 -> "INSERT INTO b (x, a) SELECT %d, max(id) FROM a".formatted(x);
      case 3 -> "INSERT INTO c VALUES (%d), (%d)".formatted(x, x + 1);
      case 4 -> "INSERT OR REPLACE INTO w VALUES ('k%d', %d)".formatted(x % 5, x);
      case 5 -> "UPDATE a SET x = x + 1 WHERE id %% 3 = %d".formatted(x % 3);
      case 6 -> "DELETE FROM a WHERE id = (SELECT min(id) FROM a)";
      case 7 -> "DELETE FROM c";
      case 8 -> "UPDATE w SET x = %d".formatted(x);
      case 9 -> "DELETE FROM b WHERE id %% 7 = %d".formatted(x % 7);
      case 10 ->
          "CREATE TRIGGER IF NOT EXISTS t%d AFTER INSERT ON a BEGIN INSERT INTO c VALUES (new.x); UPDATE w SET x = x + 1; END"
              .formatted(x % 2);
      case 11 -> "DROP TRIGGER IF EXISTS t" + x % 2;
      case 12 -> x < 10 ? "VACUUM" : "ANALYZE";
      default -> x < 20 ? "DROP VIEW IF EXISTS both" : VIEW;
    };
  }

  private static Object answer(SqlCall<SqlRows> call) {
    try {
      return call.make();
    } catch (SQLException failure) {
      return failure.getErrorCode();
    }
  }

  @FunctionalInterface
  private interface SqlCall<T> {
    T make() throws SQLException;
  }

  private static void write(Connection connection, Random random) throws SQLException {
    if (random.nextInt(3) > 0) {
      execute(connection, write(random));
      return;
    }
    connection.setAutoCommit(false);
    for (int left = random.nextInt(4); left > 0; left--) {
      String sql = write(random);
      if (!sql.equals("VACUUM")) {
        execute(connection, sql);
      }
    }
    if (random.nextBoolean()) {
      connection.commit();
    } else {
      connection.rollback();
    }
    connection.setAutoCommit(true);
  }

  @Test
  void answersAreThoseOfFreshQueries() throws Exception {
    Path file = this.folder.resolve("random.db");
    String url = "jdbc:wasm-sqlite:" + file + "?synchronous=off";
    Random random = new Random(68);
    try (TestPool pool = new TestPool(url, 3);
        Connection judge = DriverManager.getConnection(url)) {
      schema(judge);
      QueryCache cache = SqliteTools.of(pool).queryCache();
      try (NativeProcess other = new NativeProcess(file)) {
        other.execute("PRAGMA synchronous=off");
        for (int step = 0; step < STEPS; step++) {
          int what = random.nextInt(20);
          if (what < 4) {
            write(pool.physical(random.nextInt(3)), random);
          } else if (what == 4) {
            other.execute(write(random));
          } else {
            String sql = QUERIES.get(random.nextInt(QUERIES.size()));
            int value = random.nextInt(3) * 30;
            assertThat(answer(() -> cache.query(sql, value)))
                .as("step %d: %s", step, sql)
                .isEqualTo(answer(() -> SqlRows.read(judge, sql, List.of(value))));
          }
        }
      }
      assertThat(cache.stats().hits()).isGreaterThan(STEPS / 10);
      assertThat(cache.stats().outdated()).isGreaterThan(STEPS / 20);
    }
  }

  @Test
  void noAnswerIsOlderThanWhatWasCommittedBeforeTheQuestion() throws Exception {
    String url = "jdbc:wasm-sqlite:" + this.folder.resolve("threads.db") + "?synchronous=off";
    int writes = 60;
    try (TestPool pool = new TestPool(url, 3);
        Connection writer = DriverManager.getConnection(url)) {
      execute(writer, "CREATE TABLE counter (n INTEGER)");
      execute(writer, "CREATE TABLE noise (n INTEGER)");
      execute(writer, "INSERT INTO counter VALUES (0)");
      QueryCache cache = SqliteTools.of(pool).queryCache();
      AtomicLong committed = new AtomicLong();
      List<CompletableFuture<Long>> readers = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        readers.add(CompletableFuture.supplyAsync(() -> read(cache, committed, writes)));
      }
      for (int n = 1; n <= writes; n++) {
        execute(writer, "UPDATE counter SET n = " + n);
        committed.set(n);
        execute(writer, "INSERT INTO noise VALUES (1)");
      }
      for (CompletableFuture<Long> reader : readers) {
        assertThat(reader.get()).isPositive();
      }
    }
  }

  /** How often it has read until the last write was seen. */
  private static long read(QueryCache cache, AtomicLong committed, int last) {
    long reads = 0;
    long seen = 0;
    while (seen < last) {
      long before = committed.get();
      try {
        seen = cache.query("SELECT n FROM counter").get(0).getLong("n");
      } catch (SQLException failure) {
        throw new IllegalStateException(failure);
      }
      assertThat(seen).isGreaterThanOrEqualTo(before);
      reads++;
    }
    return reads;
  }
}
