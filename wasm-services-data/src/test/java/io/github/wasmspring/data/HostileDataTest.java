package io.github.wasmspring.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.wasmspring.WasmExecutionMode;
import io.github.wasmspring.runtime.WasmRuntime;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What can't be is refused, with where it is and what to do. */
class HostileDataTest {

  private static final DataSchema SCHEMA =
      DataSchema.builder()
          .integer("a")
          .number("x")
          .decimal("d", 2)
          .text("s")
          .date("day")
          .timestamp("at")
          .bool("q")
          .build();

  private final WasmRuntime runtime = WasmRuntime.withInstalledModules();
  private final DataProcessor data = DataProcessor.of(this.runtime.manager());

  @AfterEach
  void close() {
    assertThat(this.runtime.usedMemory()).isZero();
    this.runtime.close();
  }

  private DataPipeline rows() {
    return this.data.from(SCHEMA, List.of());
  }

  private DataPipeline rows(Map<String, ?> row) {
    return this.data.from(SCHEMA, List.of(row));
  }

  private DataPipeline rows(Map<String, ?> first, Map<String, ?> second) {
    return this.data.from(SCHEMA, Arrays.asList(first, second));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "a +               | 4  | a value is expected, but there is the end",
        "a ; b             | 3  | there is no sign ';'",
        "(a + 1            | 7  | ')' is expected",
        "a 1               | 3  | an operator is expected, but there is '1'",
        "s = 'open         | 5  | the quote is never closed",
        "b + 1             | 1  | there is no column 'b'; there are [a, x",
        "nothing(a)        | 1  | there is no function 'nothing'",
        "java.lang.System  | 5  | there is no sign '.'",
        "a + s             | 3  | INTEGER and TEXT do not go together",
        "s + s             | 3  | numbers are needed, but there is TEXT",
        "a and q           | 1  | BOOLEAN is needed, but there is INTEGER",
        "upper(a)          | 7  | TEXT is needed, but there is INTEGER",
        "abs()             | 1  | 'abs' takes 1 arguments, not 0",
        "text(x)           | 1  | say how many digits",
        "decimal(x, 39)    | 12 | 0 to 38",
        "date(s, 'dd.YYYY')| 9  | 'YYYY' in 'dd.YYYY' is none of yyyy",
        "date(s, s)        | 9  | the pattern is a text",
        "day > 'tomorrow'  | 7  | 'tomorrow' is no DATE",
        "case a end        | 6  | 'when' is expected",
        "a in ()           | 7  | a value is expected",
        "1e999             | 1  | too large",
        "12345678901234567890123456789012345678901 | 1 | 38 digits",
        "1e + 2            | 1  | '1e' is no number",
        "null              | 1  | null has no type",
      })
  void expressions(String expression, int position, String what) {
    assertThatThrownBy(() -> rows().derive("n", expression))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("at " + position + ":")
        .hasMessageContaining(what);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "(",
        "-",
        "not ",
        "abs(",
        "case when true then ",
        "nullif(a, ",
        "a + (",
        "a between "
      })
  @Timeout(20)
  void deepExpressions(String begin) {
    for (int times : new int[] {50, 99, 101, 5000}) {
      String closed = begin.contains("(") ? "a" + ")".repeat(times) : "a";
      String cased = begin.startsWith("case") ? "a" + " end".repeat(times) : closed;
      String whole = begin.repeat(times) + cased;
      try {
        rows().derive("n", whole);
      } catch (DataException refused) {
        assertThat(refused.reason()).isEqualTo(DataException.Reason.EXPRESSION);
      }
    }
  }

  @Test
  @Timeout(20)
  void expressionsThatDoubleWhatTheyHave() {
    StringBuilder nested = new StringBuilder("a");
    for (int each = 0; each < 40; each++) {
      nested.insert(0, "nullif(").append(", 0)");
    }
    assertThatThrownBy(() -> rows().derive("n", nested.toString()))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("20000 instructions");
    String long_ = "a = 1" + " or a = 1".repeat(3000);
    assertThatThrownBy(() -> rows().filter(long_)).hasMessageContaining("20000 characters");
    String many = "a in (1" + ", 1".repeat(3000) + ")";
    assertThat(rows(Map.of("a", 1)).filter(many).toMaps()).hasSize(1);
  }

  @Test
  void longTextsOfCases() {
    String cases = "case" + " when a = 1 then 'x'".repeat(90) + " end";
    assertThat(rows(Map.of("a", 1)).derive("c", cases).select("c").toMaps())
        .containsExactly(Map.of("c", "x"));
  }

  @ParameterizedTest
  @EnumSource(names = {"WASM", "JAVA"})
  void errorsNameTheRow(WasmExecutionMode mode) {
    DataProcessor some =
        DataProcessor.of(
            this.runtime.manager(), DataSettings.DEFAULTS.withExecutionMode(mode).withChunkRows(2));
    List<Map<String, Object>> rows =
        List.of(
            Map.of("a", 1, "s", "1"),
            Map.of("a", 2, "s", "2"),
            Map.of("a", 3, "s", "3"),
            Map.of("a", Long.MAX_VALUE, "s", "four"));
    DataPipeline all = some.from(SCHEMA, rows);
    assertThatThrownBy(() -> all.filter("a > 2").derive("n", "a + 1").toMaps())
        .hasMessage("Row 4, 'n': the result does not fit its type")
        .extracting(failure -> ((DataException) failure).reason())
        .isEqualTo(DataException.Reason.OVERFLOW);
    assertThatThrownBy(() -> all.filter("integer(s) > 0").toMaps())
        .hasMessage("Row 4, 'integer(s) > 0': a text is no number");
    assertThatThrownBy(() -> all.groupBy().aggregate(DataAggregate.sum("a")).toMaps())
        .hasMessage("Aggregate 'sum_a': the result does not fit its type");
    assertThat(all.filter("a < 4 and a + 1 > 2").toMaps()).hasSize(2);
    assertThat(all.derive("n", "try(a + 1)").filter("n is null").toMaps()).hasSize(1);
  }

  private void refused(Object value, String column, String why) {
    Map<String, Object> row = new HashMap<>();
    row.put(column, value);
    assertThatThrownBy(() -> rows(Map.of(), row).toMaps())
        .isInstanceOf(DataException.class)
        .hasMessageContaining("Row 2, column '%s'".formatted(column))
        .hasMessageContaining(why);
  }

  @Test
  void valuesThatAreNoneOfTheirColumn() {
    refused("1", "a", "'1' (String) is no INTEGER");
    refused(1.5, "a", "is no INTEGER");
    refused(new BigDecimal("1e30"), "a", "is no INTEGER");
    refused("1", "x", "is no DOUBLE");
    refused(1.5, "d", "is no DECIMAL");
    refused(new BigDecimal("1.005"), "d", "round it first");
    refused(new BigDecimal("1e36"), "d", "38 digits");
    refused(new BigDecimal("1e999999999"), "d", "38 digits");
    refused(new BigDecimal("1e-999999999"), "d", "38 digits");
    refused(1, "s", "is no TEXT");
    refused("2026-11-30", "day", "is no DATE");
    refused(LocalDate.of(10000, 1, 1), "day", "years 0000 to 9999");
    refused(LocalDateTime.of(2026, 1, 1, 0, 0), "at", "is no TIMESTAMP");
    refused(java.time.Instant.MAX, "at", "years 0000 to 9999");
    refused("true", "q", "is no BOOLEAN");
    assertThatThrownBy(() -> rows(Map.of(), null).toMaps()).hasMessage("Row 2 is null");
  }

  @Test
  void pipelinesThatCanNotBe() {
    DataPipeline rows = rows();
    assertThatThrownBy(() -> rows.select("a", "a")).hasMessageContaining("have the name 'a'");
    assertThatThrownBy(() -> rows.select("z")).hasMessageContaining("There is no column 'z'");
    assertThatThrownBy(() -> rows.drop("z")).hasMessageContaining("There is no column 'z'");
    assertThatThrownBy(() -> rows.rename("a", "x")).hasMessageContaining("have the name 'x'");
    assertThatThrownBy(() -> rows.upper("z")).hasMessageContaining("There is no column 'z'");
    assertThatThrownBy(() -> rows.sort("z")).hasMessageContaining("There is no column 'z'");
    assertThatThrownBy(() -> rows.sort(new String[0])).hasMessageContaining("No column to sort");
    assertThatThrownBy(() -> rows.limit(-1)).hasMessageContaining("-1 rows");
    assertThatThrownBy(() -> rows.groupBy("a", "a").aggregate()).hasMessageContaining("twice");
    assertThatThrownBy(() -> rows.groupBy().aggregate()).hasMessageContaining("Neither keys");
    assertThatThrownBy(() -> rows.groupBy("a").aggregate(DataAggregate.sum("s")))
        .hasMessageContaining("a sum is of numbers, but this is TEXT");
    assertThatThrownBy(() -> rows.groupBy("a").aggregate(DataAggregate.avg("s")))
        .hasMessageContaining("TEXT");
    assertThatThrownBy(() -> DataAggregate.percentile("a", Double.NaN))
        .hasMessageContaining("0 to 1");
    assertThatThrownBy(() -> rows.join(rows, DataJoin.INNER)).hasMessageContaining("No column");
    assertThatThrownBy(() -> rows.join(rows, DataJoin.INNER, "a"))
        .hasMessageContaining("Both sides have a column 'x'");
    assertThatThrownBy(() -> rows.join(rows.derive("a", "text(a)"), DataJoin.SEMI, "a"))
        .hasMessageContaining("INTEGER on the left and TEXT on the right");
    assertThatThrownBy(() -> rows.parse("s", DataType.INTEGER, "yyyy"))
        .hasMessageContaining("for DATE and TIMESTAMP");
    assertThatThrownBy(() -> DataSettings.DEFAULTS.withChunkRows(0))
        .hasMessageContaining("1 to 65536");
    assertThatThrownBy(() -> DataSettings.DEFAULTS.withMemoryLimit(0))
        .hasMessageContaining("512 MB");
    assertThatThrownBy(() -> DataSettings.DEFAULTS.withSpillLimit(-1))
        .hasMessageContaining("negative");
    assertThatThrownBy(() -> DataType.decimal(39)).hasMessageContaining("0 to 38");
  }

  @Test
  void namesThatAreNoWords() {
    DataSchema odd = DataSchema.builder().integer("a \"b\" %s").text("select").build();
    Map<String, Object> row = Map.of("a \"b\" %s", 2, "select", " x ");
    assertThat(
            this.data
                .from(odd, List.of(row))
                .trim("select")
                .parse("a \"b\" %s", DataType.decimal(1))
                .filter("\"a \"\"b\"\" %s\" = 2 and select = 'x'")
                .toMaps())
        .hasSize(1);
  }

  @Test
  void rowsAreClosed() {
    AtomicBoolean closed = new AtomicBoolean();
    Stream<Map<String, Integer>> source =
        Stream.generate(() -> Map.of("a", 1)).onClose(() -> closed.set(true));
    DataRows rows = this.data.from(SCHEMA, source).derive("b", "a + 1").rows();
    assertThat(rows.next().get("b")).isEqualTo(2L);
    assertThat(this.runtime.usedMemory()).isPositive();
    rows.close();
    rows.close();
    assertThat(closed).isTrue();
    assertThatThrownBy(rows::hasNext).isInstanceOf(IllegalStateException.class);
    DataRows none = rows().rows();
    assertThat(none.hasNext()).isFalse();
    assertThat(none.hasNext()).isFalse();
    assertThatThrownBy(none::next).isInstanceOf(NoSuchElementException.class);
  }

  @Test
  void whatTheSourceThrowsEndsTheRun() {
    Stream<Map<String, Integer>> source =
        Stream.generate(
            () -> {
              throw new UnsupportedOperationException("no more");
            });
    assertThatThrownBy(() -> this.data.from(SCHEMA, source).derive("b", "a + 1").sort("b").toMaps())
        .hasMessage("no more");
  }

  @Test
  void anInterruptEndsTheRun() {
    Stream<Map<String, Integer>> source = Stream.generate(() -> Map.of("a", 1));
    DataPipeline endless = this.data.from(SCHEMA, source).filter("a = 2");
    Thread.currentThread().interrupt();
    try {
      assertThatThrownBy(() -> endless.toMaps()).hasMessageContaining("interrupted");
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  @Test
  void whereMemoryOfModulesIsShortItIsAnError() {
    try (WasmRuntime small =
        WasmRuntime.builder().installedModules().memoryBudget(4L << 20).build()) {
      DataProcessor some =
          DataProcessor.of(
              small.manager(), DataSettings.DEFAULTS.withExecutionMode(WasmExecutionMode.WASM));
      Stream<Map<String, String>> texts = Stream.generate(() -> Map.of("s", "x".repeat(100_000)));
      assertThatThrownBy(() -> some.from(SCHEMA, texts).derive("t", "s || s").toMaps())
          .isInstanceOf(RuntimeException.class)
          .hasMessageContaining("memory");
      assertThat(small.usedMemory()).isZero();
    }
  }

  @Test
  void textsThatGrow() {
    String grown = "replace(s, 'x', s)";
    DataPipeline rows = rows(Map.of("s", "x".repeat(2000)));
    DataPipeline more = rows.derive("s", grown).derive("n", "length(s)").select("n");
    assertThat(more.toMaps()).containsExactly(Map.of("n", 4_000_000L));
    assertThatThrownBy(
            () ->
                rows.derive("s", grown)
                    .derive("s", "replace(s, 'x', '" + "y".repeat(2000) + "')")
                    .toMaps())
        .isInstanceOf(DataException.class)
        .extracting(failure -> ((DataException) failure).reason())
        .isEqualTo(DataException.Reason.MEMORY);
  }

  @Test
  void resultSets() throws SQLException {
    try (SqliteJudge judge = new SqliteJudge()) {
      judge.table("l", RandomCases.SCHEMA, new RandomCases(3).rows(100));
      List<List<Object>> expected = judge.query("select b, count(*) from l group by b order by b");
      List<Map<String, Object>> found =
          this.data
              .from(judge.open("select * from l"))
              .groupBy("b")
              .aggregate(DataAggregate.count())
              .sort("b")
              .toMaps();
      assertThat(found)
          .extracting(row -> Arrays.asList(row.get("b"), row.get("count")))
          .containsExactlyElementsOf(expected);
      judge.execute("create table times (day date, at timestamp, d decimal(8, 2))");
      long day = java.sql.Date.valueOf("2026-11-30").getTime();
      judge.execute("insert into times values (%d, 1500, 2.5), (null, null, null)".formatted(day));
      List<Map<String, Object>> times =
          this.data.from(judge.open("select * from times")).sort("day").toMaps();
      assertThat(times.get(0).values()).containsOnlyNulls();
      assertThat(times.get(1))
          .containsEntry("day", LocalDate.of(2026, 11, 30))
          .containsEntry("at", java.time.Instant.ofEpochMilli(1500));
      assertThatThrownBy(() -> this.data.from(judge.open("select cast('a' as blob) as c")))
          .hasMessageContaining("'c' is of the SQL type");
    }
  }

  record Narrow(byte a) {}

  record Odd(Thread thread) {}

  @Test
  void recordsThatDoNotFit() {
    assertThatThrownBy(() -> rows(Map.of("a", 128)).toRecords(Narrow.class))
        .hasMessage("128 does not fit the component 'a'");
    assertThatThrownBy(() -> rows(Map.of()).toRecords(Narrow.class))
        .hasMessageContaining("a row has no value for it");
    assertThat(rows(Map.of("a", -128)).toRecords(Narrow.class))
        .containsExactly(new Narrow((byte) -128));
    assertThatThrownBy(() -> rows().toRecords(Odd.class))
        .hasMessageContaining("no column 'thread'");
    assertThatThrownBy(() -> this.data.from(Odd.class, List.of()))
        .hasMessageContaining("'thread' of Odd is a Thread, which is no column");
  }
}
