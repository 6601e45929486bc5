package io.github.wasmspring.data;

import static io.github.wasmspring.data.DataAggregate.avg;
import static io.github.wasmspring.data.DataAggregate.count;
import static io.github.wasmspring.data.DataAggregate.countDistinct;
import static io.github.wasmspring.data.DataAggregate.max;
import static io.github.wasmspring.data.DataAggregate.min;
import static io.github.wasmspring.data.DataAggregate.sum;
import static io.github.wasmspring.data.DataAggregate.variance;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.wasmspring.WasmExecutionMode;
import io.github.wasmspring.runtime.WasmRuntime;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** 500 random cases in the module, a fifth of them in Java as well, and each as SQLite has it. */
class SqliteCasesTest {

  private static final int TABLES = 125;

  /** A pipeline, and the query that means the same. */
  private interface Case {
    DataPipeline of(DataPipeline rows, DataPipeline others);
  }

  private static void check(
      String sql, Case made, DataPipeline rows, DataPipeline others, SqliteJudge judge)
      throws SQLException {
    List<List<Object>> expected = judge.query(sql);
    List<List<Object>> found = new ArrayList<>();
    try (DataRows results = made.of(rows, others).rows()) {
      while (results.hasNext()) {
        List<Object> row = new ArrayList<>();
        results.next().toMap().values().forEach(value -> row.add(SqliteJudge.normal(value)));
        found.add(row);
      }
    }
    assertThat(found).as(sql).hasSameSizeAs(expected);
    for (int row = 0; row < found.size(); row++) {
      for (int column = 0; column < found.get(row).size(); column++) {
        same(sql, found.get(row).get(column), expected.get(row).get(column));
      }
    }
  }

  private static void same(String sql, Object found, Object expected) {
    if (found instanceof Double number && expected instanceof Number other) {
      double size = Math.max(1, Math.abs(other.doubleValue()));
      assertThat(number).as(sql).isCloseTo(other.doubleValue(), within(1e-9 * size));
    } else {
      assertThat(found).as(sql).isEqualTo(expected);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"WASM", "JAVA"})
  void asSqlite(WasmExecutionMode mode) throws SQLException {
    DataSettings settings = DataSettings.DEFAULTS.withExecutionMode(mode).withChunkRows(37);
    try (WasmRuntime runtime = WasmRuntime.withInstalledModules();
        SqliteJudge judge = new SqliteJudge()) {
      DataProcessor data = DataProcessor.of(runtime.manager(), settings);
      for (int seed = 0; seed < (mode == WasmExecutionMode.WASM ? TABLES : TABLES / 5); seed++) {
        RandomCases cases = new RandomCases(seed);
        List<Map<String, Object>> left = cases.rows(cases.upTo(120));
        List<Map<String, Object>> right = cases.rows(cases.upTo(60));
        judge.table("l", RandomCases.SCHEMA, left);
        judge.table("r", RandomCases.SCHEMA, right);
        DataPipeline rows = data.from(RandomCases.SCHEMA, left);
        DataPipeline others = data.from(RandomCases.SCHEMA, right);
        transform(cases, rows, others, judge);
        group(cases, rows, others, judge);
        join(cases, rows, others, judge);
        sort(cases, rows, others, judge);
      }
      assertThat(mode == WasmExecutionMode.WASM ? data.javaStages() : data.wasmStages()).isZero();
    }
  }

  private static void transform(
      RandomCases cases, DataPipeline rows, DataPipeline others, SqliteJudge judge)
      throws SQLException {
    String integer = cases.integer(3);
    String number = cases.number(3);
    String text = cases.text(3);
    String truth = cases.truth(3);
    String filter = cases.truth(2);
    // A null of no type is one of an integer here.
    String sql =
        "select id, %s, %s, %s, %s from l where %s order by id"
            .formatted(integer, number, text, truth, filter);
    check(
        sql,
        (all, none) ->
            all.derive("i", "integer(" + integer + ")")
                .filter(filter)
                .derive("n", number)
                .derive("c", text)
                .derive("q", truth)
                .select("id", "i", "n", "c", "q"),
        rows,
        others,
        judge);
  }

  private static void group(
      RandomCases cases, DataPipeline rows, DataPipeline others, SqliteJudge judge)
      throws SQLException {
    String[] keys =
        switch (cases.upTo(4)) {
          case 0 -> new String[] {"b"};
          case 1 -> new String[] {"s", "b"};
          case 2 -> new String[] {"t", "x"};
          default -> new String[] {};
        };
    String integer = cases.integer(2);
    String number = cases.number(1);
    String names = String.join(", ", keys);
    String begin = keys.length == 0 ? "" : names + ", ";
    String end = keys.length == 0 ? "" : " group by " + names + " order by " + names;
    String sql =
        ("select "
                + begin
                + "count(*), count(%s), sum(%s), sum(%s), avg(%s), min(%s), max(y), min(s), max(s), "
                + "count(distinct %s), (sum(x * x) - sum(x) * sum(x) / count(x)) / (count(x) - 1) from l"
                + end)
            .formatted(integer, integer, number, integer, number, integer);
    check(
        sql,
        (all, none) -> {
          DataPipeline grouped =
              all.groupBy(keys)
                  .aggregate(
                      count(),
                      count("integer(" + integer + ")").as("c"),
                      sum("integer(" + integer + ")").as("i"),
                      sum(number).as("n"),
                      avg("integer(" + integer + ")").as("v"),
                      min(number).as("m"),
                      max("y"),
                      min("s"),
                      max("s"),
                      countDistinct("integer(" + integer + ")").as("d"),
                      variance("x"));
          return keys.length == 0 ? grouped : grouped.sort(keys);
        },
        rows,
        others,
        judge);
  }

  private static void join(
      RandomCases cases, DataPipeline rows, DataPipeline others, SqliteJudge judge)
      throws SQLException {
    DataJoin kind = DataJoin.values()[cases.upTo(6)];
    boolean two = cases.upTo(2) == 0;
    String[] keys = two ? new String[] {"a", "s"} : new String[] {"b"};
    String on = two ? "l.a = r.a and l.s = r.s" : "l.b = r.b";
    String both = two ? "coalesce(l.a, r.a), coalesce(l.s, r.s)" : "coalesce(l.b, r.b)";
    String sql =
        switch (kind) {
          case INNER -> "select l.id, r.id, r.y from l join r on %s order by l.id, r.id";
          case LEFT -> "select l.id, r.id, r.y from l left join r on %s order by l.id, r.id";
          case RIGHT ->
              "select %s, l.id, r.id, r.y from l right join r on %s order by l.id, r.id"
                  .formatted(both, "%s");
          case FULL ->
              "select %s, l.id, r.id, r.y from l full join r on %s order by l.id, r.id"
                  .formatted(both, "%s");
          case SEMI -> "select l.id from l where exists (select 1 from r where %s) order by l.id";
          case ANTI ->
              "select l.id from l where not exists (select 1 from r where %s) order by l.id";
        };
    List<String> selected = new ArrayList<>(kind.keepsRight() ? List.of(keys) : List.of());
    selected.addAll(
        kind == DataJoin.SEMI || kind == DataJoin.ANTI
            ? List.of("id")
            : List.of("id", "other", "z"));
    String[] order = kind.keepsRight() ? new String[] {"id", "other"} : new String[] {"id"};
    check(
        sql.formatted(on),
        (all, right) ->
            all.join(right.rename("id", "other").rename("y", "z").select(names(keys)), kind, keys)
                // Rows of the right alone come last here, and first where nulls do.
                .sort(order)
                .select(selected.toArray(String[]::new)),
        rows,
        others,
        judge);
  }

  private static String[] names(String[] keys) {
    return keys.length == 2
        ? new String[] {keys[0], keys[1], "other", "z"}
        : new String[] {keys[0], "other", "z"};
  }

  private static void sort(
      RandomCases cases, DataPipeline rows, DataPipeline others, SqliteJudge judge)
      throws SQLException {
    boolean descending = cases.upTo(2) == 0;
    boolean last = cases.upTo(2) == 0;
    String first = new String[] {"s", "x", "a", "y"}[cases.upTo(4)];
    String sql =
        "select id, %s from l order by %s %s nulls %s, t desc nulls last, id"
            .formatted(first, first, descending ? "desc" : "asc", last ? "last" : "first");
    check(
        sql,
        (all, none) ->
            all.sort(new DataSort(first, descending, last), DataSort.desc("t")).select("id", first),
        rows,
        others,
        judge);
  }
}
