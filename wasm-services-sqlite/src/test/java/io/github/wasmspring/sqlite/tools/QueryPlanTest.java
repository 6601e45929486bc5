package io.github.wasmspring.sqlite.tools;

import static io.github.wasmspring.sqlite.tools.ToolConnections.execute;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.wasmspring.sqlite.tools.PlanStep.Read;
import io.github.wasmspring.sqlite.tools.PlanStep.TemporaryTree;
import io.github.wasmspring.sqlite.tools.PlanStep.Way;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.SQLSyntaxErrorException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class QueryPlanTest {

  private static Connection connection;
  private static SqliteTools tools;

  @BeforeAll
  static void open() throws SQLException {
    connection = DriverManager.getConnection("jdbc:wasm-sqlite::memory:");
    execute(connection, "CREATE TABLE t (id INTEGER PRIMARY KEY, a INTEGER, b TEXT, c TEXT)");
    execute(connection, "CREATE INDEX \"by a, b\" ON t (a, b)");
    execute(connection, "CREATE TABLE u (k TEXT PRIMARY KEY, a INTEGER) WITHOUT ROWID");
    execute(connection, "CREATE VIRTUAL TABLE f USING fts5(body)");
    tools = SqliteTools.of(TestPool.of(connection));
  }

  @AfterAll
  static void close() throws SQLException {
    connection.close();
  }

  private static Read read(String sql) throws SQLException {
    assertThat(tools.plan(sql).reads()).hasSize(1);
    return tools.plan(sql).reads().get(0);
  }

  @Test
  void readsAreTold() throws SQLException {
    assertThat(read("SELECT * FROM t")).isEqualTo(new Read("t", false, Way.ROWS, null, ""));
    assertThat(read("SELECT * FROM t").isFullScan()).isTrue();
    assertThat(read("SELECT * FROM t AS x WHERE x.id = ?"))
        .isEqualTo(new Read("x", true, Way.PRIMARY_KEY, null, "rowid=?"));
    assertThat(read("SELECT c FROM t WHERE a = ? AND b > ?"))
        .isEqualTo(new Read("t", true, Way.INDEX, "by a, b", "a=? AND b>?"));
    assertThat(read("SELECT b FROM t WHERE a = 5"))
        .isEqualTo(new Read("t", true, Way.COVERING_INDEX, "by a, b", "a=?"));
    assertThat(read("SELECT a, b FROM t"))
        .isEqualTo(new Read("t", false, Way.COVERING_INDEX, "by a, b", ""));
    assertThat(read("SELECT * FROM u WHERE k = ?").way()).isEqualTo(Way.PRIMARY_KEY);
    assertThat(read("SELECT * FROM f WHERE f MATCH ?").way()).isEqualTo(Way.VIRTUAL_TABLE);
    assertThat(read("DELETE FROM t WHERE c = ?").isFullScan()).isTrue();
  }

  @Test
  void indexesForOneRunAndTreesAreTold() throws SQLException {
    QueryPlan plan =
        tools.plan("SELECT x.c FROM t x JOIN t y ON x.c = y.c AND y.b <> x.b ORDER BY x.b, y.id");
    assertThat(plan.reads()).extracting(Read::way).contains(Way.AUTOMATIC_INDEX);
    assertThat(plan.temporaryTrees()).containsExactly(new TemporaryTree("ORDER BY"));
    assertThat(tools.plan("SELECT c, count(*) FROM t GROUP BY c").temporaryTrees())
        .containsExactly(new TemporaryTree("GROUP BY"));
  }

  @Test
  void subqueriesStandBelowWhatAsksThem() throws SQLException {
    QueryPlan plan =
        tools.plan(
            "SELECT a FROM t WHERE a = (SELECT max(a) FROM u) UNION ALL SELECT a FROM u WHERE a > ?");
    assertThat(plan.nodes()).hasSize(1);
    PlanNode compound = plan.nodes().get(0);
    assertThat(compound.detail()).isEqualTo("COMPOUND QUERY");
    assertThat(compound.step()).isInstanceOf(PlanStep.Other.class);
    assertThat(compound.children()).hasSize(2);
    assertThat(plan.stream().map(PlanNode::detail)).contains("SCAN u");
    assertThat(plan.toString()).startsWith("COMPOUND QUERY\n  LEFT-MOST SUBQUERY\n    SEARCH t");
  }

  @Test
  void aStatementIsNotRunAndMustBeOne() throws SQLException {
    tools.plan("DELETE FROM t");
    tools.plan("INSERT INTO t (a) VALUES (1)");
    assertThat(SqlRows.read(connection, "SELECT 1 FROM t", List.of()).isEmpty()).isTrue();
    assertThatThrownBy(() -> tools.plan("SELECT FROM")).isInstanceOf(SQLSyntaxErrorException.class);
    assertThatThrownBy(() -> tools.plan("SELECT 1; DELETE FROM t"))
        .isInstanceOf(SQLException.class);
    assertThatThrownBy(() -> tools.plan("")).isInstanceOf(SQLSyntaxErrorException.class);
  }
}
