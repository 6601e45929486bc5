package io.github.wasmspring.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.wasmspring.sqlite.WasmSqliteDataSource;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteDataSource;

@Timeout(60)
class MemoryFaultsTest {

  @TempDir Path folder;
  private MemoryHome home;

  @BeforeEach
  void move() {
    this.home = new MemoryHome(this.folder);
  }

  @AfterEach
  void leave() {
    this.home.close();
  }

  private static MemoryEntry noise(String key, int bytes) {
    byte[] value = new byte[bytes];
    new Random(bytes).nextBytes(value);
    return MemoryEntry.bytes(key, value);
  }

  private AgentMemory open(String parameters) {
    return this.home
        .builder()
        .dataSource(
            new WasmSqliteDataSource("jdbc:wasm-sqlite:" + this.home.file + "?" + parameters))
        .open();
  }

  @Test
  void aFullDiskIsToldAndHarmsNobodyElse() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(20);
    try (AgentMemory memory = open("max_page_count=200")) {
      MemoryNamespace notes = memory.namespace("notes");
      notes.put(noise("before", 300_000));
      List<Future<Long>> small = new ArrayList<>();
      List<Future<Long>> large = new ArrayList<>();
      for (int i = 0; i < 10; i++) {
        MemoryEntry fits = MemoryEntry.text("small" + i, "x");
        MemoryEntry doesNot = noise("large" + i, 600_000);
        small.add(threads.submit(() -> notes.put(fits)));
        large.add(threads.submit(() -> notes.put(doesNot)));
      }
      for (Future<Long> put : small) {
        assertThat(put.get()).isPositive();
      }
      for (Future<Long> put : large) {
        assertThatThrownBy(put::get)
            .isInstanceOf(ExecutionException.class)
            .cause()
            .isInstanceOf(AgentMemoryException.class)
            .hasMessageContaining("free space on the disk");
      }
      assertThat(notes.keys("large")).isEmpty();
      assertThat(notes.keys("small")).hasSize(10);
      notes.remove("before");
      notes.put(noise("after", 500_000));
    } finally {
      threads.shutdownNow();
    }
    try (AgentMemory memory = this.home.open()) {
      MemoryNamespace notes = memory.namespace("notes");
      assertThat(notes.get("after").orElseThrow().value()).hasSize(500_000);
      assertThat(notes.stats().bytes())
          .isEqualTo(500_000 + "after".length() + 10L * ("small0".length() + 1));
    }
  }

  @Test
  void aFileHasOneMemoryAtATime() throws Exception {
    try (AgentMemory memory = this.home.open()) {
      assertThatThrownBy(this.home::open)
          .isInstanceOf(AgentMemoryException.class)
          .hasMessageContaining("Another agent memory")
          .hasMessageContaining(this.home.file.toString());
      Path link = Files.createSymbolicLink(this.folder.resolve("link.db"), this.home.file);
      assertThatThrownBy(() -> this.home.builder().location(link).open())
          .isInstanceOf(AgentMemoryException.class)
          .hasMessageContaining("Another agent memory");
      memory.namespace("notes").put(MemoryEntry.text("key", "x"));
    }
    try (AgentMemory memory = this.home.open()) {
      assertThat(memory.namespace("notes").get("key")).isPresent();
    }
  }

  @Test
  void aLocationThatCanNotBeIsTold() throws Exception {
    assertThatThrownBy(
            () -> this.home.builder().location(this.folder.resolve("none/memory.db")).open())
        .isInstanceOf(AgentMemoryException.class)
        .hasMessageContaining("directory must exist");
    Path directory = Files.createDirectory(this.folder.resolve("directory"));
    assertThatThrownBy(() -> this.home.builder().location(directory).open())
        .isInstanceOf(AgentMemoryException.class)
        .hasMessageContaining("is a directory");
    assertThatThrownBy(() -> this.home.builder().location(this.folder.resolve("a?mode=ro")).open())
        .hasMessageContaining("question mark");
    assertThatThrownBy(() -> this.home.builder().open())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("neither");
    assertThatThrownBy(
            () ->
                this.home
                    .builder()
                    .location(this.home.file)
                    .dataSource(new WasmSqliteDataSource("jdbc:wasm-sqlite::memory:"))
                    .open())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("both");
  }

  @Test
  void databasesInMemoryAreRefused() {
    assertThatThrownBy(
            () ->
                this.home
                    .builder()
                    .dataSource(new WasmSqliteDataSource("jdbc:wasm-sqlite::memory:"))
                    .open())
        .isInstanceOf(AgentMemoryException.class)
        .hasMessageContaining("one of its own")
        .hasMessageContaining("use a file");
  }

  @Test
  void connectionsOfAnotherDatabaseAreRefused() {
    List<String> urls =
        new ArrayList<>(List.of(this.home.file.toString(), this.folder + "/other.db"));
    DataSource source =
        FaultyDataSource.of(() -> DriverManager.getConnection("jdbc:sqlite:" + urls.remove(0)));
    try (AgentMemory memory = this.home.builder().dataSource(source).open()) {
      assertThatThrownBy(() -> memory.namespace("notes").get("key"))
          .isInstanceOf(AgentMemoryException.class)
          .hasMessageContaining("not of one database");
    }
  }

  /** As pools may be told to. */
  @Test
  void connectionsWithoutAutoCommitAreAsGood() {
    DataSource source =
        FaultyDataSource.of(
            () -> {
              Connection connection =
                  DriverManager.getConnection("jdbc:sqlite:" + this.home.file + "?busy_timeout=50");
              connection.setAutoCommit(false);
              return connection;
            });
    try (AgentMemory memory = this.home.builder().dataSource(source).open()) {
      MemoryNamespace notes = memory.namespace("notes");
      for (int i = 0; i < 3; i++) {
        notes.put(MemoryEntry.text("key", "value " + i));
        assertThat(notes.get("key").orElseThrow().text()).isEqualTo("value " + i);
      }
    }
  }

  @Test
  void commitsHaveAJournalOnTheDisk() throws Exception {
    for (JournalMode mode : List.of(JournalMode.MEMORY, JournalMode.OFF)) {
      SQLiteDataSource source = new SQLiteDataSource();
      source.setUrl("jdbc:sqlite:" + this.home.file);
      source.setJournalMode(mode.getValue());
      try (SqlSession session = new MemoryDatabase(source).writer()) {
        String kept = session.first("PRAGMA journal_mode", row -> row.getString(1));
        assertThat(kept).isEqualTo("truncate");
      }
    }
  }

  /** As another program may have left it, whose SQLite has a write-ahead log. */
  @Test
  void aLocationWithAWriteAheadLogIsTakenOutOfIt() throws Exception {
    this.home.sql("PRAGMA journal_mode=WAL", "CREATE TABLE other (x)");
    try (AgentMemory memory = this.home.open()) {
      memory.namespace("notes").put(MemoryEntry.text("key", "value"));
      assertThat(memory.namespace("notes").get("key")).isPresent();
    }
    assertThat(this.home.text("PRAGMA journal_mode")).isEqualTo("delete");
    assertThat(this.home.text("SELECT name FROM sqlite_schema WHERE name = 'other'"))
        .isEqualTo("other");
  }

  @Test
  void otherDatabasesAreRefused() {
    DatabaseMetaData data = fake(DatabaseMetaData.class, "getDatabaseProductName", "PostgreSQL");
    DataSource source =
        fake(DataSource.class, "getConnection", fake(Connection.class, "getMetaData", data));
    assertThatThrownBy(() -> this.home.builder().dataSource(source).open())
        .isInstanceOf(AgentMemoryException.class)
        .hasMessageContaining("PostgreSQL")
        .hasMessageContaining("give it one of SQLite");
  }

  private static <T> T fake(Class<T> type, String method, Object answer) {
    return type.cast(
        Proxy.newProxyInstance(
            MemoryFaultsTest.class.getClassLoader(),
            new Class<?>[] {type},
            (self, called, arguments) -> called.getName().equals(method) ? answer : null));
  }

  @Test
  void tablesOfANewerReleaseAreLeftAlone() throws Exception {
    try (AgentMemory memory = this.home.open()) {
      memory.namespace("notes").put(MemoryEntry.text("key", "x"));
    }
    this.home.sql("UPDATE wasm_memory_store SET schema_version = 2");
    assertThatThrownBy(this.home::open)
        .isInstanceOf(AgentMemoryException.class)
        .hasMessageContaining("version 2")
        .hasMessageContaining("up to 1");
    assertThat(this.home.text("SELECT schema_version FROM wasm_memory_store")).isEqualTo("2");
    this.home.sql("UPDATE wasm_memory_store SET schema_version = 1");
    try (AgentMemory memory = this.home.open()) {
      assertThat(memory.namespace("notes").get("key")).isPresent();
    }
    this.home.sql("DELETE FROM wasm_memory_store");
    assertThatThrownBy(this.home::open)
        .isInstanceOf(AgentMemoryException.class)
        .hasMessageContaining("backup");
  }

  @Test
  void anotherProgramThatLocksTheFileIsToldAndOutlived() throws Exception {
    try (AgentMemory memory = open("busy_timeout=50")) {
      MemoryNamespace notes = memory.namespace("notes");
      notes.put(MemoryEntry.text("key", "before"));
      try (Connection other = DriverManager.getConnection("jdbc:wasm-sqlite:" + this.home.file);
          Statement statement = other.createStatement()) {
        statement.execute("BEGIN EXCLUSIVE");
        assertThatThrownBy(() -> notes.put(MemoryEntry.text("key", "during")))
            .isInstanceOf(AgentMemoryException.class)
            .hasMessageContaining("another program");
        assertThatThrownBy(() -> notes.get("key"))
            .isInstanceOf(AgentMemoryException.class)
            .hasMessageContaining("another program");
        statement.execute("ROLLBACK");
      }
      assertThat(notes.get("key").orElseThrow().text()).isEqualTo("before");
      notes.put(MemoryEntry.text("key", "after"));
      assertThat(notes.get("key").orElseThrow().text()).isEqualTo("after");
    }
  }

  @Test
  void aClosedMemoryAnswersNothing() {
    AgentMemory memory = this.home.open();
    MemoryNamespace notes = memory.namespace("notes");
    memory.close();
    memory.close();
    assertThatThrownBy(() -> notes.put(MemoryEntry.text("key", "x")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("closed");
    assertThatThrownBy(() -> notes.get("key"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("closed");
    assertThatThrownBy(memory::purge).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void settingsThatCanNeverBeAreRefused() {
    AgentMemoryBuilder builder = this.home.builder();
    assertThatThrownBy(() -> builder.readers(0)).hasMessageContaining("readers");
    assertThatThrownBy(() -> builder.readers(65)).hasMessageContaining("readers");
    assertThatThrownBy(() -> builder.maxValueSize(0)).hasMessageContaining("size");
    assertThatThrownBy(() -> builder.maxValueSize(1 << 30)).hasMessageContaining("size");
    assertThatThrownBy(() -> builder.compressionThreshold(-1)).hasMessageContaining("threshold");
    assertThatThrownBy(() -> builder.purgeInterval(Duration.ofSeconds(-1)))
        .hasMessageContaining("interval");
    assertThatThrownBy(() -> builder.purgeInterval(Duration.ofDays(200_000)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("interval");
    MemoryNamespaceSettings.Builder settings = MemoryNamespaceSettings.builder();
    assertThatThrownBy(() -> settings.versions(0).build()).hasMessageContaining("versions");
    settings.versions(1);
    assertThatThrownBy(() -> settings.maxEntries(-1).build()).hasMessageContaining("entries");
    settings.maxEntries(0);
    assertThatThrownBy(() -> settings.maxBytes(-1).build()).hasMessageContaining("bytes");
    settings.maxBytes(0);
    assertThatThrownBy(() -> settings.ttl(Duration.ZERO).build()).hasMessageContaining("live");
  }

  @Test
  void whatCanNotBeOpenedLeavesNoConnection() throws Exception {
    this.home.open().close();
    this.home.sql("ALTER TABLE wasm_memory_store RENAME COLUMN clock TO time");
    AtomicInteger open = new AtomicInteger();
    DataSource source =
        FaultyDataSource.counted(
            open, () -> DriverManager.getConnection("jdbc:sqlite:" + this.home.file));
    assertThatThrownBy(() -> this.home.builder().dataSource(source).open())
        .isInstanceOf(AgentMemoryException.class)
        .hasMessageContaining("clock");
    assertThat(open).hasValue(0);
  }

  @Test
  void aLargeValueGoesThroughInPieces() {
    try (AgentMemory memory = this.home.open()) {
      MemoryNamespace notes = memory.namespace("notes");
      MemoryEntry large = noise("large", 2 << 20);
      notes.put(large);
      assertThat(notes.get("large").orElseThrow().value()).isEqualTo(large.value());
      String text = "tea and coffee ".repeat(100_000);
      notes.put(MemoryEntry.text("text", text));
      assertThat(notes.get("text").orElseThrow().text()).isEqualTo(text);
      notes.put(MemoryEntry.bytes("zeros", new byte[4 << 20]));
      assertThat(notes.get("zeros").orElseThrow().value()).isEqualTo(new byte[4 << 20]);
      assertThat(notes.stats().bytes()).isBetween(2L << 20, (2L << 20) + 20_000);
    }
  }

  @Test
  void whatWouldFillTheHeapIsNotRecalled() throws Exception {
    try (AgentMemory memory = this.home.open()) {
      MemoryNamespace notes = memory.namespace("notes");
      MemoryHome.fill(notes, 17, i -> MemoryEntry.bytes("zeros" + i, new byte[4 << 20]));
      assertThatThrownBy(() -> notes.recall(MemoryQuery.builder().build()))
          .isInstanceOf(AgentMemoryException.class)
          .hasMessageContaining("'notes'")
          .hasMessageContaining("lower its limit");
      assertThat(notes.recall(MemoryQuery.builder().limit(2).build())).hasSize(2);
      assertThat(notes.keys("")).hasSize(17);
    }
  }

  /** Whatever the connections of others are like. */
  @Test
  void commitsWaitForTheDisk() throws Exception {
    SQLiteDataSource source = new SQLiteDataSource();
    source.setUrl("jdbc:sqlite:" + this.home.file);
    source.setSynchronous("OFF");
    try (SqlSession session = new MemoryDatabase(source).writer()) {
      assertThat(session.number("PRAGMA synchronous")).isEqualTo(2);
    }
  }
}
