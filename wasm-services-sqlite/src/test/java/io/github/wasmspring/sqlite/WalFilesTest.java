package io.github.wasmspring.sqlite;

import static io.github.wasmspring.sqlite.SqlCalls.ask;
import static io.github.wasmspring.sqlite.SqlCalls.count;
import static io.github.wasmspring.sqlite.SqlCalls.execute;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.SQLTransientException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Files that another program has left in WAL mode. */
@Timeout(60)
class WalFilesTest {

  private static final int ROWS = 500;

  @TempDir Path folder;
  private Path file = Path.of("");

  /** Another program, which writes in WAL mode, says so, and waits to be told to end. */
  static final class WalProgram {

    private WalProgram() {}

    public static void main(String[] arguments) throws Exception {
      try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + arguments[0])) {
        execute(
            connection,
            "PRAGMA journal_mode=wal",
            "PRAGMA wal_autocheckpoint=0",
            "CREATE TABLE t (id INTEGER PRIMARY KEY, x)",
            "INSERT INTO t (x) WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT %d) SELECT hex(randomblob(50)) FROM n"
                .formatted(ROWS));
        System.out.println("written");
        assertThat(System.in.read()).isEqualTo('e');
      }
      System.out.println("ended");
    }
  }

  @BeforeEach
  void file() {
    this.file = this.folder.resolve("wal.db");
  }

  private Connection connect(String parameters) throws SQLException {
    return DriverManager.getConnection("jdbc:wasm-sqlite:" + this.file + parameters);
  }

  private Process start() throws Exception {
    Process program =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-XX:TieredStopAtLevel=1",
                    "-cp",
                    System.getProperty("java.class.path"),
                    WalProgram.class.getName(),
                    this.file.toString()))
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    boolean written = false;
    try {
      BufferedReader said = program.inputReader();
      assertThat(said.readLine()).isEqualTo("written");
      written = true;
      return program;
    } finally {
      if (!written) {
        program.destroyForcibly();
      }
    }
  }

  /** By its own will it empties its log; killed it leaves one with all that it has written. */
  private void leave(boolean killed) throws Exception {
    Process program = start();
    try {
      if (killed) {
        program.destroyForcibly();
      } else {
        program.getOutputStream().write('e');
        program.getOutputStream().close();
      }
      assertThat(program.waitFor(30, TimeUnit.SECONDS)).isTrue();
    } finally {
      program.destroyForcibly();
    }
  }

  @Test
  void areReadAndWrittenBySeveral() throws Exception {
    leave(false);
    try (Connection one = connect("");
        Connection other = connect("")) {
      assertThat(ask(one, "PRAGMA journal_mode")).isEqualTo("truncate");
      execute(one, "INSERT INTO t (x) VALUES ('one')");
      execute(other, "INSERT INTO t (x) VALUES ('other')");
      assertThat(count(one, "t")).isEqualTo(ROWS + 2);
    }
  }

  @Test
  void ofAKilledProgramLoseNothingWhileManyConnect() throws Exception {
    leave(true);
    assertThat(this.folder.resolve("wal.db-wal")).isNotEmptyFile();
    List<CompletableFuture<Long>> readers = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      readers.add(CompletableFuture.supplyAsync(this::countRows));
    }
    for (CompletableFuture<Long> reader : readers) {
      assertThat(reader.get(30, TimeUnit.SECONDS)).isEqualTo(ROWS);
    }
    assertThat(this.folder.resolve("wal.db-wal")).doesNotExist();
    try (Connection judge = DriverManager.getConnection("jdbc:sqlite:" + this.file)) {
      assertThat(ask(judge, "PRAGMA integrity_check")).isEqualTo("ok");
      assertThat(count(judge, "t")).isEqualTo(ROWS);
    }
  }

  private long countRows() {
    try (Connection connection = connect("")) {
      return count(connection, "t");
    } catch (SQLException failure) {
      throw new IllegalStateException(failure);
    }
  }

  @Test
  void thatAreOpenElsewhereAreBusyAndTheMessageSaysWhy() throws Exception {
    Process program = start();
    try {
      assertThatThrownBy(() -> connect("?busy_timeout=50"))
          .isInstanceOf(SQLTransientException.class)
          .hasMessageContaining("in WAL mode")
          .hasMessageContaining("close it in other programs");
      program.getOutputStream().write('e');
      program.getOutputStream().close();
      assertThat(program.waitFor(30, TimeUnit.SECONDS)).isTrue();
    } finally {
      program.destroyForcibly();
    }
    assertThat(countRows()).isEqualTo(ROWS);
  }

  @Test
  void thatAreOpenElsewhereAreTakenByAllThatWaitOnceTheyAreClosed() throws Exception {
    Process program = start();
    try {
      List<CompletableFuture<Long>> waiting = new ArrayList<>();
      for (int i = 0; i < 2; i++) {
        waiting.add(CompletableFuture.supplyAsync(this::countRows));
      }
      // They are turned away as well while two others try for longer than once.
      assertThatThrownBy(() -> connect("?busy_timeout=200"))
          .isInstanceOf(SQLTransientException.class);
      long start = System.nanoTime();
      program.getOutputStream().write('e');
      program.getOutputStream().close();
      for (CompletableFuture<Long> each : waiting) {
        assertThat(each.get(30, TimeUnit.SECONDS)).isEqualTo(ROWS);
      }
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(4));
      assertThat(program.waitFor(30, TimeUnit.SECONDS)).isTrue();
    } finally {
      program.destroyForcibly();
    }
  }

  @Test
  void canNotBeChangedByWhoReadsOnly() throws Exception {
    leave(false);
    byte[] before = Files.readAllBytes(this.file);
    assertThatThrownBy(() -> connect("?mode=ro"))
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("open it for writing once");
    assertThat(Files.readAllBytes(this.file)).isEqualTo(before);
    try (Connection writer = connect("")) {
      assertThat(count(writer, "t")).isEqualTo(ROWS);
    }
    try (Connection reader = connect("?mode=ro")) {
      assertThat(count(reader, "t")).isEqualTo(ROWS);
    }
  }
}
