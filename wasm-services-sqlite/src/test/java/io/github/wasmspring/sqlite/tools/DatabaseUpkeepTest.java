package io.github.wasmspring.sqlite.tools;

import static io.github.wasmspring.sqlite.tools.ToolConnections.execute;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.wasmspring.sqlite.tools.IntegrityReport.Orphan;
import io.github.wasmspring.sqlite.tools.OptimizeSettings.Analyze;
import io.github.wasmspring.sqlite.tools.OptimizeSettings.Vacuum;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Integrity checks and optimisation. */
@Timeout(60)
class DatabaseUpkeepTest {

  private static final String FILL =
      "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 500) INSERT INTO child SELECT i, NULL, hex(randomblob(200)) FROM n";

  @TempDir static Path folder;
  private static int files;
  private Path file = Path.of("");
  private TestPool pool;
  private SqliteTools tools;

  @BeforeEach
  void open() throws SQLException {
    this.file = folder.resolve(++files + ".db");
    this.pool = new TestPool("jdbc:wasm-sqlite:" + this.file + "?foreign_keys=off", 1);
    this.tools = SqliteTools.of(this.pool);
    run("PRAGMA auto_vacuum=incremental");
    run("VACUUM");
    run("CREATE TABLE parent (id INTEGER PRIMARY KEY)");
    run(
        "CREATE TABLE child (id INTEGER PRIMARY KEY, parent INTEGER REFERENCES parent, x TEXT NOT NULL)");
    run("CREATE INDEX child_x ON child (x)");
  }

  private void run(String sql) throws SQLException {
    execute(this.pool.physical(0), sql);
  }

  @AfterEach
  void close() throws SQLException {
    this.pool.close();
  }

  @Test
  void whatIsWholeIsGood() throws SQLException {
    IntegrityReport report = this.tools.integrityCheck();
    assertThat(report.isGood()).isTrue();
    assertThat(report.complete()).isTrue();
  }

  @Test
  void orphansAreTold() throws SQLException {
    run("INSERT INTO child VALUES (7, 1, ''), (8, 2, ''), (9, NULL, '')");
    IntegrityReport report = this.tools.integrityCheck();
    assertThat(report.orphans())
        .containsExactly(
            new Orphan("child", 7L, "parent", 0), new Orphan("child", 8L, "parent", 0));
    assertThat(report.isGood()).isFalse();
    assertThat(this.tools.integrityCheck(1).orphans()).hasSize(1);
    assertThat(this.tools.integrityCheck(1).complete()).isFalse();
    assertThatThrownBy(() -> this.tools.integrityCheck(0))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void keysThatCannotBeCheckedAreTold() throws SQLException {
    run("CREATE TABLE lost (p TEXT REFERENCES child (x))");
    run("INSERT INTO lost VALUES ('y')");
    assertThat(this.tools.integrityCheck().problems())
        .singleElement()
        .asString()
        .contains("foreign key mismatch");
  }

  @Test
  void damageIsToldAndNotThrown() throws Exception {
    run(FILL);
    this.pool.close();
    DatabaseBackupTest.damage(this.file);
    this.pool = new TestPool("jdbc:wasm-sqlite:" + this.file, 1);
    this.tools = SqliteTools.of(this.pool);
    IntegrityReport report = this.tools.integrityCheck(5);
    assertThat(report.problems()).isNotEmpty().hasSizeLessThanOrEqualTo(6);
    assertThat(this.tools.integrityCheck().isGood()).isFalse();
  }

  @Test
  void statisticsAreMadeAndFreePagesGivenBack() throws Exception {
    run(FILL);
    OptimizeReport first = this.tools.optimise(new OptimizeSettings(Analyze.ALL, Vacuum.NONE));
    assertThat(first.analyzed()).contains("child");
    run("DELETE FROM child WHERE id > 5");
    OptimizeReport incremental =
        this.tools.optimise(new OptimizeSettings(Analyze.NONE, Vacuum.INCREMENTAL));
    assertThat(incremental.before().freePages()).isGreaterThan(20);
    assertThat(incremental.after().freePages()).isZero();
    assertThat(incremental.after().bytes()).isEqualTo(Files.size(this.file));
    run(FILL.replace("SELECT i,", "SELECT i + 1000,"));
    run("DELETE FROM child WHERE id > 5");
    OptimizeReport full =
        this.tools.optimise(new OptimizeSettings(Analyze.WHERE_IT_HELPS, Vacuum.FULL));
    assertThat(full.after().pages()).isLessThan(full.before().pages());
    assertThat(this.tools.optimise().after()).isEqualTo(full.after());
    assertThat(this.tools.integrityCheck().isGood()).isTrue();
  }

  @Test
  void whatCannotBeOptimisedSaysWhy() throws SQLException {
    run("PRAGMA auto_vacuum=none");
    run("VACUUM");
    assertThatThrownBy(
            () -> this.tools.optimise(new OptimizeSettings(Analyze.NONE, Vacuum.INCREMENTAL)))
        .hasMessageContaining("Vacuum.FULL");
    Connection connection = this.pool.physical(0);
    connection.setAutoCommit(false);
    run("INSERT INTO parent VALUES (1)");
    assertThatThrownBy(() -> this.tools.optimise(new OptimizeSettings(Analyze.NONE, Vacuum.FULL)))
        .hasMessageContaining("within a transaction");
    connection.rollback();
    connection.setAutoCommit(true);
  }
}
