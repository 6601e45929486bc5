package io.github.wasmspring.sqlite;

import static io.github.wasmspring.sqlite.SqlCalls.ask;
import static io.github.wasmspring.sqlite.SqlCalls.count;
import static io.github.wasmspring.sqlite.SqlCalls.execute;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.wasmspring.internal.sqlite.guest.GuestRuntime;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.SQLTransientException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Locks hold whatever happens to threads, connections and names of files. */
@Timeout(120)
class SqliteLocksTest {

  private static final String LARGE =
      "INSERT INTO t (x) WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 20000)"
          + " SELECT hex(randomblob(100)) FROM n";

  @TempDir Path folder;
  private Path file = Path.of("");

  @BeforeEach
  void file() {
    this.file = this.folder.resolve("test.db");
  }

  private static Connection connect(Path file, String parameters) throws SQLException {
    return DriverManager.getConnection("jdbc:wasm-sqlite:" + file + parameters);
  }

  private Connection connect(String parameters) throws SQLException {
    return connect(this.file, parameters);
  }

  /** Another process with another SQLite, which tries to write once. */
  static final class OtherProgram {

    private OtherProgram() {}

    public static void main(String[] arguments) throws SQLException {
      try (Connection connection =
              DriverManager.getConnection("jdbc:sqlite:" + arguments[0] + "?busy_timeout=0");
          Statement statement = connection.createStatement()) {
        statement.execute("INSERT INTO t (x) VALUES ('other')");
        System.out.println("written");
      } catch (SQLException busy) {
        System.out.println(busy.getMessage());
      }
    }
  }

  private String write() throws IOException, InterruptedException {
    Process other =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-XX:TieredStopAtLevel=1",
                    "-cp",
                    System.getProperty("java.class.path"),
                    OtherProgram.class.getName(),
                    this.file.toString()))
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      String said = new String(other.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(other.waitFor(30, TimeUnit.SECONDS)).isTrue();
      return said;
    } finally {
      other.destroyForcibly();
    }
  }

  @Test
  void otherProgramsKeepToThem() throws Exception {
    try (Connection writer = connect("")) {
      execute(writer, "CREATE TABLE t (id INTEGER PRIMARY KEY, x)");
      writer.setAutoCommit(false);
      execute(writer, "INSERT INTO t (x) VALUES (1)");
      assertThat(write()).contains("SQLITE_BUSY");
      writer.commit();
      assertThat(write()).contains("written");
      assertThat(count(writer, "t")).isEqualTo(2);
    }
  }

  @Test
  void aReaderThatIsInterruptedTakesNoneAway() throws Exception {
    try (Connection writer = connect("")) {
      execute(writer, "CREATE TABLE t (id INTEGER PRIMARY KEY, x)", LARGE);
      writer.setAutoCommit(false);
      execute(writer, "INSERT INTO t (x) VALUES ('mine')");
      for (int i = 1; i <= 30; i++) {
        interruptAReader(i);
      }
      assertThat(write()).contains("SQLITE_BUSY");
      writer.commit();
      assertThat(write()).contains("written");
      assertThat(count(writer, "t")).isEqualTo(20_002);
      assertThat(ask(writer, "PRAGMA integrity_check")).isEqualTo("ok");
    }
  }

  private void interruptAReader(int millis) throws InterruptedException {
    CountDownLatch reads = new CountDownLatch(1);
    Thread reader =
        new Thread(
            () -> {
              try (Connection connection = connect("?cache_size=10")) {
                while (true) {
                  ask(connection, "SELECT sum(length(x)) FROM t");
                  reads.countDown();
                }
              } catch (SQLException interrupted) {
                // Which is what this is about.
              }
            });
    reader.start();
    reads.await();
    reader.join(millis);
    reader.interrupt();
    reader.join();
  }

  @Test
  void aConnectionThatNobodyClosesGivesItsOwnUp() throws Exception {
    try (Connection other = connect("?busy_timeout=50")) {
      execute(other, "CREATE TABLE t (id INTEGER PRIMARY KEY, x)");
      int guests = GuestRuntime.SHARED.guests();
      forget();
      while (GuestRuntime.SHARED.guests() > guests) {
        System.gc();
        Thread.onSpinWait();
      }
      execute(other, "INSERT INTO t (x) VALUES ('other')");
      assertThat(ask(other, "SELECT group_concat(x) FROM t")).isEqualTo("other");
    }
  }

  @SuppressWarnings("try") // That nobody closes it is what this is about.
  private void forget() throws SQLException {
    Connection forgotten = connect("");
    forgotten.setAutoCommit(false);
    execute(forgotten, "INSERT INTO t (x) VALUES ('forgotten')");
  }

  @Test
  void aFileWithTwoNamesIsOne() throws Exception {
    try (Connection one = connect("")) {
      execute(one, "CREATE TABLE t (id INTEGER PRIMARY KEY, x)");
      Path name = this.folder.resolve("name.db");
      Files.createLink(name, this.file);
      try (Connection two = connect(name, "?busy_timeout=50")) {
        one.setAutoCommit(false);
        execute(one, "INSERT INTO t (x) VALUES (1)");
        assertThatThrownBy(() -> execute(two, "INSERT INTO t (x) VALUES (2)"))
            .isInstanceOf(SQLTransientException.class);
        one.commit();
        execute(two, "INSERT INTO t (x) VALUES (2)");
        assertThat(count(two, "t")).isEqualTo(2);
      }
    }
  }

  @Test
  void aFileThatTakesTheNameOfAnotherIsAnother() throws Exception {
    Path next = this.folder.resolve("next.db");
    try (Connection old = connect("")) {
      execute(old, "CREATE TABLE t (x)", "INSERT INTO t VALUES ('old')");
      try (Connection made = connect(next, "")) {
        execute(made, "CREATE TABLE t (x)", "INSERT INTO t VALUES ('new')");
      }
      Files.move(next, this.file, StandardCopyOption.REPLACE_EXISTING);
      try (Connection now = connect("")) {
        assertThat(ask(now, "SELECT x FROM t")).isEqualTo("new");
        assertThat(ask(old, "SELECT x FROM t")).isEqualTo("old");
      }
    }
  }

  @Test
  void databasesAreAttachedAsOftenAsOneLikes() throws Exception {
    try (Connection connection = connect("")) {
      for (int i = 0; i < 300; i++) {
        execute(connection, "ATTACH '/db/other.db' AS other", "DETACH other");
      }
      execute(connection, "ATTACH '/db/other.db' AS other", "CREATE TABLE other.t (x)");
      assertThat(count(connection, "other.t")).isZero();
    }
  }

  @Test
  void writesOfAConnectionEndAtItsLimit() throws Exception {
    try (Connection connection = connect("?write_limit=1")) {
      execute(connection, "CREATE TABLE t (id INTEGER PRIMARY KEY, x)");
      assertThatThrownBy(() -> execute(connection, LARGE))
          .isInstanceOf(SQLException.class)
          .hasMessageContaining("write_limit");
    }
    try (Connection after = connect("")) {
      assertThat(count(after, "t")).isZero();
      assertThat(ask(after, "PRAGMA integrity_check")).isEqualTo("ok");
    }
  }
}
