package io.github.wasmspring.sqlite.tools;

import static io.github.wasmspring.sqlite.tools.ToolConnections.execute;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class DatabaseBackupTest {

  @TempDir static Path folder;
  private static int tests;
  private Path own = Path.of("");
  private Path target = Path.of("");
  private TestPool pool;
  private SqliteTools tools;

  @BeforeEach
  void open() throws SQLException, IOException {
    tests++;
    this.own = Files.createDirectory(folder.resolve("copies-" + tests));
    this.target = this.own.resolve("copy.db");
    open("jdbc:wasm-sqlite:" + folder.resolve(tests + ".db") + "?synchronous=off");
  }

  private void open(String url) throws SQLException {
    this.pool = new TestPool(url, 1);
    this.tools = SqliteTools.of(this.pool);
    execute(this.pool.physical(0), "CREATE TABLE t (id INTEGER PRIMARY KEY, x BLOB)");
    execute(this.pool.physical(0), "CREATE INDEX t_x ON t (x)");
    insert(this.pool.physical(0), 300);
  }

  private static void insert(Connection connection, int rows) throws SQLException {
    execute(
        connection,
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT %d) INSERT INTO t (x) SELECT randomblob(500) FROM n"
            .formatted(rows));
  }

  @AfterEach
  void close() throws SQLException {
    this.pool.close();
  }

  private static SqlRows rows(Connection connection) throws SQLException {
    return SqlRows.read(connection, "SELECT * FROM t ORDER BY id", List.of());
  }

  /** By the native driver, which no lock of ours stands against. */
  private static SqlRows judged(Path file) throws SQLException {
    try (Connection judge = DriverManager.getConnection("jdbc:sqlite:" + file)) {
      assertThat(IntegrityCheck.full(judge, 10).isGood()).isTrue();
      return SqlRows.read(judge, "SELECT count(*), sum(length(x)), max(id) FROM t", List.of());
    }
  }

  private void onlyTheCopyIsThere() throws IOException {
    try (Stream<Path> files = Files.list(this.own)) {
      assertThat(files).containsExactly(this.target);
    }
  }

  private void nothingIsThere() throws IOException {
    try (Stream<Path> files = Files.list(this.own)) {
      assertThat(files).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ":memory:", "?journal_mode=wal", "?journal_mode=delete"})
  void theCopyIsTheDatabase(String kind) throws Exception {
    if (!kind.isEmpty()) {
      this.pool.close();
      open(
          "jdbc:wasm-sqlite:"
              + (kind.startsWith("?") ? folder.resolve("kind-" + tests + ".db") + kind : kind));
    }
    BackupReport report = this.tools.backup(this.target);
    assertThat(report.file()).isEqualTo(this.target);
    assertThat(report.bytes()).isEqualTo(Files.size(this.target)).isGreaterThan(100_000);
    assertThat(report.restarts()).isZero();
    onlyTheCopyIsThere();
    assertThat(judged(this.target).get(0).get(0)).isIn(300, 300L);
    try (Connection copy = DriverManager.getConnection("jdbc:wasm-sqlite:" + this.target)) {
      assertThat(rows(copy)).isEqualTo(rows(this.pool.physical(0)));
    }
  }

  @Test
  void aCopyIsOfOneMomentWhileOthersWrite() throws Exception {
    Path file = folder.resolve(tests + ".db");
    try (Connection writer =
            DriverManager.getConnection("jdbc:wasm-sqlite:" + file + "?synchronous=off");
        FileChannel channel =
            FileChannel.open(
                this.target, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      AtomicInteger slices = new AtomicInteger();
      DatabaseCopier copier =
          new DatabaseCopier(
              this.pool.physical(0),
              channel,
              (copied, total) -> slices.incrementAndGet() > 0,
              65_536);
      Thread writing =
          new Thread(
              () -> {
                try {
                  while (slices.get() >= 0) {
                    insert(writer, 3);
                  }
                } catch (SQLException failure) {
                  slices.set(Integer.MIN_VALUE);
                }
              });
      writing.start();
      while (rows(this.pool.physical(0)).size() < 303) {
        Thread.onSpinWait();
      }
      copier.copy();
      assertThat(slices.getAndSet(Integer.MIN_VALUE / 2)).isPositive();
      writing.join();
    }
    assertThat((Number) judged(this.target).get(0).get(0))
        .extracting(Number::intValue)
        .satisfies(count -> assertThat(count % 3).isZero());
  }

  @Test
  void whatIsThereIsOnlyReplacedOnDemand() throws Exception {
    Files.writeString(this.target, "precious");
    assertThatThrownBy(() -> this.tools.backup(this.target))
        .hasMessageContaining("there is such a file")
        .hasMessageContaining("withOverwrite");
    assertThat(Files.readString(this.target)).isEqualTo("precious");
    this.tools.backup(this.target, BackupSettings.DEFAULTS.withOverwrite(true));
    assertThat(judged(this.target).size()).isEqualTo(1);
    onlyTheCopyIsThere();
  }

  @Test
  void aFileThatComesMeanwhileIsNotLost() throws Exception {
    BackupSettings settings =
        BackupSettings.DEFAULTS.withProgress(
            (copied, total) -> {
              try {
                Files.writeString(this.target, "precious");
              } catch (IOException failure) {
                throw new IllegalStateException(failure);
              }
              return true;
            });
    assertThatThrownBy(() -> this.tools.backup(this.target, settings))
        .hasMessageContaining("there is such a file");
    assertThat(Files.readString(this.target)).isEqualTo("precious");
    onlyTheCopyIsThere();
  }

  @Test
  void placesThatCannotBeAreRefused() throws Exception {
    Path database = folder.resolve(tests + ".db");
    BackupSettings overwrite = BackupSettings.DEFAULTS.withOverwrite(true);
    assertThatThrownBy(() -> this.tools.backup(database, overwrite))
        .hasMessageContaining("has open");
    assertThatThrownBy(() -> this.tools.backup(this.own, overwrite))
        .hasMessageContaining("no file");
    assertThatThrownBy(() -> this.tools.backup(this.own.resolve("none/copy.db")))
        .hasMessageContaining("create it");
    Files.createSymbolicLink(this.target, database);
    assertThatThrownBy(() -> this.tools.backup(this.target, overwrite))
        .hasMessageContaining("no file");
    Files.delete(this.target);
    Path journal = Files.writeString(this.own.resolve("copy.db-journal"), "hot");
    assertThatThrownBy(() -> this.tools.backup(this.target))
        .hasMessageContaining("delete that file");
    Files.delete(journal);
    nothingIsThere();
    assertThat(rows(this.pool.physical(0)).size()).isEqualTo(300);
  }

  @Test
  void itCanBeGivenUp() throws Exception {
    BackupSettings never = BackupSettings.DEFAULTS.withProgress((copied, total) -> false);
    assertThatThrownBy(() -> this.tools.backup(this.target, never))
        .hasMessageContaining("given up")
        .hasFieldOrPropertyWithValue("SQLState", "57014");
    BackupSettings failing =
        BackupSettings.DEFAULTS.withProgress(
            (copied, total) -> {
              throw new IllegalStateException("mine");
            });
    assertThatThrownBy(() -> this.tools.backup(this.target, failing)).hasMessage("mine");
    nothingIsThere();
    this.tools.backup(this.target);
    assertThat(this.pool.idle()).isEqualTo(1);
  }

  @Test
  void aTransactionThatWritesIsNotCopied() throws Exception {
    Connection connection = this.pool.physical(0);
    connection.setAutoCommit(false);
    insert(connection, 1);
    assertThatThrownBy(() -> this.tools.backup(this.target)).hasMessageContaining("writes");
    connection.rollback();
    connection.setAutoCommit(true);
    nothingIsThere();
  }

  @Test
  void aDamagedDatabaseIsNotedUnlessNobodyAsks() throws Exception {
    Path file = folder.resolve(tests + ".db");
    this.pool.close();
    damage(file);
    this.pool = new TestPool("jdbc:wasm-sqlite:" + file, 1);
    this.tools = SqliteTools.of(this.pool);
    IntegrityReport report = this.tools.integrityCheck();
    assertThat(report.isGood()).isFalse();
    assertThat(report.problems()).isNotEmpty();
    assertThatThrownBy(() -> this.tools.backup(this.target))
        .hasMessageContaining("The database is damaged");
    nothingIsThere();
    this.tools.backup(this.target, BackupSettings.DEFAULTS.withVerify(false));
    assertThat(Files.size(this.target)).isEqualTo(Files.size(file));
  }

  /** Zeroes in the middle. */
  static void damage(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    for (int i = bytes.length / 3; i < bytes.length / 3 + 20_000; i++) {
      bytes[i] = 0;
    }
    Files.write(file, bytes);
  }

  @Test
  void whatIsReplacedIsNotInUse() throws Exception {
    BackupSettings overwrite = BackupSettings.DEFAULTS.withOverwrite(true);
    this.tools.backup(this.target);
    byte[] before = Files.readAllBytes(this.target);
    insert(this.pool.physical(0), 1);
    try (NativeProcess other = new NativeProcess(this.target)) {
      other.execute("BEGIN IMMEDIATE");
      assertThatThrownBy(() -> this.tools.backup(this.target, overwrite))
          .hasMessageContaining("another program uses");
      other.execute("COMMIT");
    }
    List<Connection> late = new ArrayList<>();
    BackupSettings opening =
        overwrite.withProgress(
            (copied, total) -> {
              try {
                late.add(DriverManager.getConnection("jdbc:wasm-sqlite:" + this.target));
              } catch (SQLException failure) {
                throw new IllegalStateException(failure);
              }
              return true;
            });
    assertThatThrownBy(() -> this.tools.backup(this.target, opening))
        .hasMessageContaining("has open");
    for (Connection connection : late) {
      connection.close();
    }
    assertThat(Files.readAllBytes(this.target)).isEqualTo(before);
  }

  @Test
  void rowsThatMayBeRolledBackAreNotCopiedFromMemory() throws Exception {
    this.pool.close();
    open("jdbc:wasm-sqlite::memory:");
    Connection connection = this.pool.physical(0);
    connection.setAutoCommit(false);
    insert(connection, 1);
    assertThatThrownBy(() -> this.tools.backup(this.target)).hasMessageContaining("writes");
    assertThatThrownBy(() -> this.tools.advise(List.of(WorkloadStatement.of("SELECT * FROM t"))))
        .hasMessageContaining("writes");
    connection.rollback();
    connection.setAutoCommit(true);
    nothingIsThere();
    this.tools.backup(this.target);
  }

  @Test
  void aFileSystemWithoutHardLinksGetsBackupsToo() throws Exception {
    DatabaseBackup.Link none =
        (name, file) -> {
          throw new FileSystemException(name.toString(), null, "Operation not permitted");
        };
    new DatabaseBackup(this.target, BackupSettings.DEFAULTS, none).make(this.pool.physical(0));
    assertThat(judged(this.target).size()).isEqualTo(1);
    onlyTheCopyIsThere();
    Path late = this.own.resolve("late.db");
    BackupSettings meanwhile =
        BackupSettings.DEFAULTS.withProgress(
            (copied, total) -> {
              try {
                Files.writeString(late, "precious");
              } catch (IOException failure) {
                throw new IllegalStateException(failure);
              }
              return true;
            });
    assertThatThrownBy(() -> new DatabaseBackup(late, meanwhile, none).make(this.pool.physical(0)))
        .hasMessageContaining("there is such a file");
    assertThat(Files.readString(late)).isEqualTo("precious");
  }

  @Test
  void namesMayHaveAnyCharacters() throws Exception {
    Path odd = this.own.resolve("what?mode=rw&x.db");
    this.tools.backup(odd);
    assertThat(Files.size(odd)).isPositive();
  }

  @Test
  void othersWriteWhileSomebodyIsToldHowFarItIs() throws Exception {
    String url = "jdbc:wasm-sqlite:" + folder.resolve(tests + ".db") + "?busy_timeout=1";
    try (Connection other = DriverManager.getConnection(url)) {
      BackupSettings writing =
          BackupSettings.DEFAULTS.withProgress(
              (copied, total) -> {
                try {
                  insert(other, 1);
                } catch (SQLException failure) {
                  throw new IllegalStateException(failure);
                }
                return true;
              });
      this.tools.backup(this.target, writing);
    }
    assertThat(judged(this.target).get(0).get(0)).isIn(300, 300L);
    assertThat(rows(this.pool.physical(0)).size()).isEqualTo(301);
  }
}
