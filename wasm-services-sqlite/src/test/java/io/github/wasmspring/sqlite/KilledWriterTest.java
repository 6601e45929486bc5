package io.github.wasmspring.sqlite;

import static io.github.wasmspring.sqlite.SqlCalls.ask;
import static io.github.wasmspring.sqlite.SqlCalls.count;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A process that is killed while it writes loses nothing that it has said was committed. The judge
 * is SQLite's own command line tool where the machine has it, and the native driver; after every
 * second kill our own guest comes first. Transactions are larger than the cache, so that a kill
 * leaves pages to be taken back. {@code -Dsqlite.kills=100} kills more.
 */
@Tag("once")
class KilledWriterTest {

  private static final int ROWS_OF_A_TRANSACTION = 20;
  private static final int KILLS = Integer.getInteger("sqlite.kills", 5);

  private static final String CHECK =
      "PRAGMA integrity_check; SELECT max(id) || ' ' || count(*) FROM t";

  @TempDir Path folder;

  /** Writes without end, and says what is committed. */
  static final class Writer {

    private Writer() {}

    public static void main(String[] arguments) throws SQLException {
      try (Connection connection = DriverManager.getConnection(arguments[0]);
          Statement statement = connection.createStatement()) {
        statement.execute("CREATE TABLE IF NOT EXISTS t (id INTEGER PRIMARY KEY, x BLOB)");
        try (PreparedStatement insert =
            connection.prepareStatement("INSERT INTO t (x) VALUES (randomblob(3000))")) {
          long last = 0;
          try (ResultSet rows = statement.executeQuery("SELECT coalesce(max(id), 0) FROM t")) {
            rows.next();
            last = rows.getLong(1);
          }
          // Small, so that pages are in the file before their transaction is.
          statement.execute("PRAGMA cache_size=10");
          connection.setAutoCommit(false);
          while (true) {
            for (int row = 0; row < ROWS_OF_A_TRANSACTION; row++) {
              insert.executeUpdate();
            }
            connection.commit();
            last += ROWS_OF_A_TRANSACTION;
            System.out.println(last);
          }
        }
      }
    }
  }

  @Test
  void nothingThatWasCommittedIsLost() throws Exception {
    Path file = this.folder.resolve("killed.db");
    Random random = new Random(9);
    for (int kill = 0; kill < KILLS; kill++) {
      long acknowledged = killed(file, 2 + random.nextInt(20));
      if (kill % 2 == 0) {
        // Our own guest finds first what was left half written, and takes it back.
        judge("jdbc:wasm-sqlite:" + file, acknowledged);
      }
      if (SqliteShell.isThere()) {
        String[] said = SqliteShell.ask(file, CHECK).split("\\s+");
        assertThat(said[0]).isEqualTo("ok");
        assertThat(Long.parseLong(said[1])).isGreaterThanOrEqualTo(acknowledged);
        assertThat(said[2]).isEqualTo(said[1]);
      }
      judge("jdbc:sqlite:" + file, acknowledged);
    }
  }

  private static void judge(String url, long acknowledged) throws SQLException {
    try (Connection judge = DriverManager.getConnection(url)) {
      assertThat(ask(judge, "PRAGMA integrity_check")).isEqualTo("ok");
      long last = Long.parseLong(ask(judge, "SELECT max(id) FROM t"));
      assertThat(last).isGreaterThanOrEqualTo(acknowledged);
      assertThat(last % ROWS_OF_A_TRANSACTION).isZero();
      assertThat(count(judge, "t")).isEqualTo(last);
    }
  }

  /** The last row that a writer has acknowledged before it was killed. */
  private static long killed(Path file, int rows) throws IOException, InterruptedException {
    Process writer =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-XX:TieredStopAtLevel=1",
                    "-Dlogback.configurationFile=none",
                    "-cp",
                    System.getProperty("java.class.path"),
                    Writer.class.getName(),
                    "jdbc:wasm-sqlite:" + file))
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try (BufferedReader out = writer.inputReader()) {
      long last = out.lines().filter(KilledWriterTest::isNumber).limit(rows).count();
      // Unlike Process.destroyForcibly it leaves what was written to be read.
      writer.toHandle().destroyForcibly();
      long further =
          out.lines()
              .filter(KilledWriterTest::isNumber)
              .mapToLong(Long::parseLong)
              .max()
              .orElse(last);
      assertThat(last).isEqualTo(rows);
      return further;
    } catch (UncheckedIOException closed) {
      throw closed.getCause();
    } finally {
      writer.destroyForcibly();
      assertThat(writer.waitFor(10, TimeUnit.SECONDS)).isTrue();
    }
  }

  private static boolean isNumber(String line) {
    return !line.isEmpty() && line.chars().allMatch(Character::isDigit);
  }
}
