package io.github.wasmspring.sqlite;

import static io.github.wasmspring.sqlite.SqlCalls.ask;
import static io.github.wasmspring.sqlite.SqlCalls.count;
import static io.github.wasmspring.sqlite.SqlCalls.execute;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class FlywayMigrationTest {

  private static final String HISTORY = "\"flyway_schema_history\"";

  @TempDir Path folder;
  private Path scripts = Path.of("");
  private String url = "";

  @BeforeEach
  void folders() throws IOException {
    this.scripts = Files.createDirectory(this.folder.resolve("scripts"));
    this.url = "jdbc:wasm-sqlite:" + this.folder.resolve("test.db");
  }

  private void script(String name, String... statements) throws IOException {
    Files.writeString(this.scripts.resolve(name), String.join(";\n", statements) + ";\n");
  }

  private FluentConfiguration configuration() {
    return Flyway.configure()
        .dataSource(this.url, null, null)
        .locations("filesystem:" + this.scripts)
        .cleanDisabled(false);
  }

  private Connection connect() throws SQLException {
    return DriverManager.getConnection(this.url);
  }

  @Test
  void migrationsAreAppliedOnceAndValidated() throws Exception {
    script("V1__tables.sql", "CREATE TABLE t (id INTEGER PRIMARY KEY, x)");
    script(
        "V2__trigger.sql",
        "CREATE TRIGGER copy AFTER INSERT ON t BEGIN UPDATE t SET x = 'seen; ' || x WHERE id = NEW.id; END",
        "INSERT INTO t (x) VALUES ('a')");
    script("R__view.sql", "DROP VIEW IF EXISTS v", "CREATE VIEW v AS SELECT x FROM t");
    Flyway flyway = configuration().load();
    assertThat(flyway.migrate().migrationsExecuted).isEqualTo(3);
    assertThat(flyway.migrate().migrationsExecuted).isZero();
    flyway.validate();
    assertThat(flyway.info().current().getDescription()).isEqualTo("trigger");
    assertThat(flyway.info().pending()).isEmpty();
    try (Connection connection = connect()) {
      assertThat(ask(connection, "SELECT x FROM v")).isEqualTo("seen; a");
    }
    script("V1__tables.sql", "CREATE TABLE t (id INTEGER PRIMARY KEY, x TEXT)");
    assertThatThrownBy(flyway::validate)
        .isInstanceOf(FlywayException.class)
        .hasMessageContaining("checksum mismatch");
    flyway.repair();
    flyway.validate();
  }

  @Test
  void aMigrationThatFailsLeavesNothing() throws Exception {
    script("V1__good.sql", "CREATE TABLE t (x)");
    script("V2__bad.sql", "CREATE TABLE u (x)", "INSERT INTO t VALUES (1)", "CREATE TABEL v (x)");
    Flyway flyway = configuration().load();
    assertThatThrownBy(flyway::migrate)
        .isInstanceOf(FlywayException.class)
        .hasMessageContaining("TABEL");
    try (Connection connection = connect()) {
      assertThat(count(connection, "t")).isZero();
      assertThat(count(connection, HISTORY)).isOne();
      assertThat(ask(connection, "SELECT count(*) FROM pragma_table_list WHERE name = 'u'"))
          .isEqualTo("0");
    }
    script("V2__bad.sql", "CREATE TABLE u (x)");
    assertThat(flyway.migrate().migrationsExecuted).isOne();
  }

  @Test
  void whatCanNotBeInATransactionIsNot() throws Exception {
    script("V1__good.sql", "CREATE TABLE t (id INTEGER PRIMARY KEY)", "INSERT INTO t VALUES (1)");
    script("V2__smaller.sql", "VACUUM");
    script(
        "V3__keys.sql",
        "PRAGMA foreign_keys = OFF",
        "CREATE TABLE u (t INTEGER REFERENCES t)",
        "INSERT INTO u VALUES (99)");
    script("V4__keys_again.sql", "INSERT INTO u VALUES (98)");
    assertThatThrownBy(() -> configuration().mixed(true).load().migrate())
        .isInstanceOf(FlywayException.class)
        .hasMessageContaining("FOREIGN KEY");
    try (Connection connection = connect()) {
      assertThat(count(connection, "u")).isOne();
      assertThat(count(connection, HISTORY)).isEqualTo(3);
    }
  }

  @Test
  void aFailureOutsideATransactionIsRememberedUntilRepaired() throws Exception {
    script("V1__half.sql", "VACUUM", "CREATE TABLE half (x)", "CREATE TABEL v (x)");
    Flyway flyway = configuration().mixed(true).load();
    assertThatThrownBy(flyway::migrate).isInstanceOf(FlywayException.class);
    assertThatThrownBy(flyway::migrate)
        .isInstanceOf(FlywayException.class)
        .hasMessageContaining("failed");
    script("V1__half.sql", "CREATE TABLE whole (x)");
    flyway.repair();
    assertThat(flyway.migrate().migrationsExecuted).isOne();
  }

  @Test
  void aDatabaseThatWasThereIsTakenOver() throws Exception {
    try (Connection connection = connect()) {
      execute(connection, "CREATE TABLE old (x)");
    }
    script("V1__old.sql", "CREATE TABLE old (x)");
    script("V2__new.sql", "CREATE TABLE new (x)");
    Flyway flyway = configuration().load();
    assertThatThrownBy(flyway::migrate)
        .isInstanceOf(FlywayException.class)
        .hasMessageContaining("non-empty");
    flyway.baseline();
    assertThat(flyway.migrate().migrationsExecuted).isOne();
    flyway.validate();
  }

  @Test
  void cleaningLeavesAnEmptyDatabase() throws Exception {
    script(
        "V1__all.sql",
        "CREATE TABLE a (id INTEGER PRIMARY KEY AUTOINCREMENT, b REFERENCES b)",
        "CREATE TABLE b (id INTEGER PRIMARY KEY, a REFERENCES a)",
        "INSERT INTO a VALUES (1, NULL)",
        "INSERT INTO b VALUES (1, 1)",
        "UPDATE a SET b = 1",
        "CREATE VIEW v AS SELECT * FROM a",
        "CREATE VIEW \"of a \"\"view\"\"\" AS SELECT * FROM v",
        "CREATE INDEX i ON a (b)",
        "CREATE VIRTUAL TABLE texts USING fts5(body)",
        "INSERT INTO texts VALUES ('hello')");
    Flyway flyway = configuration().load();
    flyway.migrate();
    flyway.clean();
    try (Connection connection = connect()) {
      assertThat(
              ask(
                  connection,
                  "SELECT count(*) FROM sqlite_schema WHERE name NOT LIKE 'sqlite\\_%' ESCAPE '\\'"))
          .isEqualTo("0");
      assertThat(ask(connection, "PRAGMA foreign_keys")).isEqualTo("1");
    }
    assertThat(flyway.migrate().migrationsExecuted).isOne();
  }

  @Test
  void twoAtATimeApplyEachMigrationOnce() throws Exception {
    script("V1__one.sql", "CREATE TABLE t (x)");
    for (int i = 2; i <= 6; i++) {
      script("V" + i + "__row.sql", "INSERT INTO t VALUES (" + i + ")");
    }
    List<CompletableFuture<Integer>> runs = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      runs.add(
          CompletableFuture.supplyAsync(() -> configuration().load().migrate().migrationsExecuted));
    }
    int executed = 0;
    for (CompletableFuture<Integer> run : runs) {
      executed += run.get(30, TimeUnit.SECONDS);
    }
    assertThat(executed).isEqualTo(6);
    try (Connection connection = connect()) {
      assertThat(count(connection, "t")).isEqualTo(5);
    }
  }

  @Test
  void twoAtATimeApplyAScriptWithoutATransactionOnce() throws Exception {
    script("V1__one.sql", "CREATE TABLE t (x)");
    script(
        "V2__slow.sql",
        "PRAGMA foreign_keys = OFF",
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 200000) INSERT INTO t SELECT count(*) FROM n",
        "PRAGMA foreign_keys = ON");
    List<CompletableFuture<Integer>> runs = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      runs.add(
          CompletableFuture.supplyAsync(
              () -> configuration().mixed(true).load().migrate().migrationsExecuted));
    }
    int executed = 0;
    for (CompletableFuture<Integer> run : runs) {
      executed += run.get(30, TimeUnit.SECONDS);
    }
    assertThat(executed).isEqualTo(2);
    try (Connection connection = connect()) {
      assertThat(count(connection, "t")).isOne();
    }
  }

  @Test
  void whoWaitsTooLongForAnotherMigrationIsTold() throws Exception {
    script("V1__one.sql", "CREATE TABLE t (x)");
    try (FileChannel other =
            FileChannel.open(
                this.folder.resolve("test.db-migration"),
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE);
        FileLock lock = other.lock()) {
      assertThat(lock.isValid()).isTrue();
      assertThatThrownBy(() -> configuration().lockRetryCount(0).load().migrate())
          .isInstanceOf(FlywayException.class)
          .hasMessageContaining("lockRetryCount");
    }
    assertThat(configuration().load().migrate().migrationsExecuted).isOne();
  }

  private void parentsAndChildren() throws IOException {
    script(
        "V1__tables.sql",
        "CREATE TABLE parent (id INTEGER PRIMARY KEY, old TEXT)",
        "CREATE TABLE child (parent INTEGER NOT NULL REFERENCES parent ON DELETE CASCADE)",
        "INSERT INTO parent VALUES (1, 'a'), (2, 'b')",
        "INSERT INTO child VALUES (1), (2)");
  }

  private void rebuild(String ids) throws IOException {
    script(
        "V2__rebuild.sql",
        "PRAGMA foreign_keys = OFF",
        "BEGIN",
        "CREATE TABLE new_parent (id INTEGER PRIMARY KEY, name TEXT NOT NULL)",
        "INSERT INTO new_parent SELECT id, old FROM parent WHERE id IN (" + ids + ")",
        "DROP TABLE parent",
        "ALTER TABLE new_parent RENAME TO parent",
        "CREATE TEMP TABLE broken_keys (x CHECK (x IS NULL))",
        "INSERT INTO broken_keys SELECT \"table\" FROM pragma_foreign_key_check",
        "DROP TABLE broken_keys",
        "COMMIT",
        "PRAGMA foreign_keys = ON");
  }

  @Test
  void aTableIsMadeAnewWithoutLosingWhatRefersToIt() throws Exception {
    parentsAndChildren();
    rebuild("1, 2");
    script("V3__more.sql", "INSERT INTO child VALUES (1)");
    assertThat(configuration().mixed(true).load().migrate().migrationsExecuted).isEqualTo(3);
    try (Connection connection = connect()) {
      assertThat(count(connection, "parent")).isEqualTo(2);
      assertThat(count(connection, "child")).isEqualTo(3);
      assertThat(ask(connection, "SELECT name FROM parent WHERE id = 2")).isEqualTo("b");
      assertThat(
              ask(
                  connection,
                  "SELECT sql LIKE '%REFERENCES parent%' FROM sqlite_schema WHERE name = 'child'"))
          .isEqualTo("1");
      assertThat(ask(connection, "SELECT count(*) FROM pragma_foreign_key_check")).isEqualTo("0");
    }
  }

  @Test
  void aRebuildThatBreaksKeysLeavesTheTableAsItWas() throws Exception {
    parentsAndChildren();
    rebuild("1");
    assertThatThrownBy(() -> configuration().mixed(true).load().migrate())
        .isInstanceOf(FlywayException.class)
        .hasMessageContaining("CHECK");
    assertThatThrownBy(() -> configuration().mixed(true).load().migrate())
        .isInstanceOf(FlywayException.class)
        .hasMessageContaining("failed migration to version 2");
    try (Connection connection = connect()) {
      assertThat(ask(connection, "SELECT old FROM parent WHERE id = 2")).isEqualTo("b");
      assertThat(count(connection, "child")).isEqualTo(2);
      assertThat(ask(connection, "SELECT count(*) FROM pragma_foreign_key_check")).isEqualTo("0");
    }
  }

  @Test
  void aScriptThatOnlySwitchesForeignKeysIsRefused() throws Exception {
    parentsAndChildren();
    script("V2__off.sql", "-- for the next one", "PRAGMA main.\"foreign_keys\" = OFF");
    script("V3__drop.sql", "DROP TABLE parent");
    assertThatThrownBy(() -> configuration().mixed(true).load().migrate())
        .isInstanceOf(FlywayException.class)
        .hasMessageContaining("V2__off.sql only switches foreign keys");
    try (Connection connection = connect()) {
      assertThat(count(connection, "child")).isEqualTo(2);
    }
  }

  @Test
  void pragmasWithSchemasAndQuotesAreKeptOutOfTransactionsToo() throws Exception {
    for (String pragma :
        List.of(
            "PRAGMA main.foreign_keys = OFF",
            "/* a */ pragma \"foreign_keys\" = OFF",
            "PRAGMA synchronous = FULL",
            "PRAGMA main.journal_mode = truncate")) {
      script("V1__mixed.sql", pragma, "CREATE TABLE t (x)");
      assertThatThrownBy(() -> configuration().load().migrate())
          .as(pragma)
          .isInstanceOf(FlywayException.class)
          .hasMessageContaining("both transactional and non-transactional");
    }
  }

  @Test
  void foreignKeysAreOnAgainWithinAGroupToo() throws Exception {
    parentsAndChildren();
    script("V2__off.sql", "PRAGMA foreign_keys = OFF", "CREATE TABLE t (x)");
    script("V3__more.sql", "INSERT INTO child VALUES (99)");
    assertThatThrownBy(() -> configuration().mixed(true).group(true).load().migrate())
        .isInstanceOf(FlywayException.class)
        .hasStackTraceContaining("oreign");
  }

  @Test
  void theHistoryIsOneForFlywaysOwnSupportToo() throws Exception {
    script("V1__one.sql", "CREATE TABLE t (x)");
    configuration().load().migrate();
    script("V2__two.sql", "CREATE TABLE u (x)");
    Flyway other =
        configuration()
            .dataSource("jdbc:sqlite:" + this.folder.resolve("test.db"), null, null)
            .load();
    assertThat(other.migrate().migrationsExecuted).isOne();
    configuration().load().validate();
  }

  @Test
  void aSchemaThatIsNotThereIsRefused() throws Exception {
    script("V1__one.sql", "CREATE TABLE t (x)");
    assertThatThrownBy(() -> configuration().schemas("orders").load().migrate())
        .isInstanceOf(FlywayException.class)
        .hasRootCauseMessage(
            "SQLite has no schemas that can be created or dropped; leave 'orders' out of Flyway's schemas, or attach a file by that name");
  }
}
