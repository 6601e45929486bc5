package io.github.wasmspring.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.wasmspring.WasmException;
import io.github.wasmspring.WasmExecutionMode;
import io.github.wasmspring.runtime.WasmRuntime;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TimeZone;
import java.util.function.Function;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Nothing is lost between where rows come from and pipelines, and whoever has no end is ended. */
class DataSourcesTest {

  private final WasmRuntime runtime = WasmRuntime.withInstalledModules();
  private final DataProcessor data = DataProcessor.of(this.runtime.manager());

  @AfterEach
  void close() {
    assertThat(this.runtime.usedMemory()).isZero();
    this.runtime.close();
  }

  private static ResultSet number(int type, int precision, int scale, String value) {
    return ResultSetStub.of(
        Map.of(
            "getColumnType",
            type,
            "getColumnTypeName",
            "numeric",
            "getPrecision",
            precision,
            "getScale",
            scale),
        Map.of("getBigDecimal1", new BigDecimal(value)));
  }

  @Test
  void decimalsAreNotRounded() {
    assertThat(this.data.from(number(Types.NUMERIC, 8, 2, "1.5")).toMaps())
        .containsExactly(Map.of("c", new BigDecimal("1.50")));
    DataPipeline wrong = this.data.from(number(Types.DECIMAL, 8, 2, "1.005"));
    assertThatThrownBy(wrong::toMaps)
        .isInstanceOf(DataException.class)
        .hasMessageContaining("Row 1, column 'c': '1.005'");
  }

  /** As PostgreSQL and Oracle say it of numbers that are not limited, and MySQL of a bit field. */
  @ParameterizedTest
  @CsvSource({"2, 0, 0", "2, 0, -127", "3, 38, -2", "3, 60, 50", "-7, 8, 0"})
  void whatTheMetadataDoNotTellIsRefused(int type, int precision, int scale) {
    ResultSet rows = number(type, precision, scale, "12.34");
    assertThatThrownBy(() -> this.data.from(rows))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("The column 'c' is of the SQL type numeric")
        .hasMessageContaining("cast it in the query");
  }

  @Test
  void aBitIsABoolean() {
    ResultSet rows =
        ResultSetStub.of(
            Map.of("getColumnType", Types.BIT, "getColumnTypeName", "bit", "getPrecision", 1),
            Map.of("getBoolean1", true));
    assertThat(this.data.from(rows).toMaps()).containsExactly(Map.of("c", true));
  }

  @ParameterizedTest
  @CsvSource({"93, timestamptz", "2014, TIMESTAMP WITH TIME ZONE"})
  void timestampsWithZonesAreInstants(int type, String name) {
    ResultSet rows =
        ResultSetStub.of(
            Map.of("getColumnType", type, "getColumnTypeName", name),
            Map.of("getObject2", OffsetDateTime.parse("2026-03-29T02:30:00+01:00")));
    assertThat(this.data.from(rows).toMaps())
        .containsExactly(Map.of("c", Instant.parse("2026-03-29T01:30:00Z")));
  }

  @Test
  void timestampsWithoutZonesAreInUtcWhateverTheZoneOfTheJvmIs() throws SQLException {
    TimeZone before = TimeZone.getDefault();
    // Where there was no half past two in that night.
    TimeZone.setDefault(TimeZone.getTimeZone("Europe/Berlin"));
    try (SqliteJudge judge = new SqliteJudge()) {
      judge.execute("create table times (at timestamp)");
      judge.execute("insert into times values ('2026-03-29 02:30:00.000')");
      assertThat(this.data.from(judge.open("select at from times")).toMaps())
          .containsExactly(Map.of("at", Instant.parse("2026-03-29T02:30:00Z")));
    } finally {
      TimeZone.setDefault(before);
    }
  }

  private static final DataSchema SCHEMA = DataSchema.builder().integer("id").build();

  @Test
  void whatIsGoneWhenItIsReadRunsOnce() {
    Map<String, Object> row = Map.of("id", 1);
    for (DataPipeline pipeline :
        List.of(
            this.data.from(number(Types.NUMERIC, 3, 1, "1")).rename("c", "id"),
            this.data.from(SCHEMA, Stream.of(row)))) {
      assertThat(pipeline.toMaps()).hasSize(1);
      assertThatThrownBy(pipeline::toMaps)
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("runs once");
    }
    DataPipeline rows = this.data.from(number(Types.NUMERIC, 3, 1, "1"));
    DataPipeline joined = rows.join(rows.select("c"), DataJoin.SEMI, "c");
    assertThatThrownBy(joined::toMaps)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("one side of a join");
  }

  /** Interrupts the thread that reads it, and never ends. */
  private Stream<Map<String, Object>> endless() {
    return Stream.iterate(0L, id -> id + 1)
        .map(
            id -> {
              if (id == 20_000) {
                Thread.currentThread().interrupt();
              }
              return Map.of("id", id % 5000);
            });
  }

  @ParameterizedTest
  @EnumSource(names = {"WASM", "JAVA"})
  @Timeout(30)
  void anInterruptEndsStagesThatNeedAllRows(WasmExecutionMode mode) {
    DataSettings settings = DataSettings.DEFAULTS.withExecutionMode(mode).withMemoryLimit(1 << 20);
    DataProcessor data = DataProcessor.of(this.runtime.manager(), settings);
    List<Function<DataPipeline, DataPipeline>> stages =
        List.of(
            rows -> rows.groupBy("id").aggregate(DataAggregate.count()),
            rows -> rows.sort("id"),
            rows -> data.from(SCHEMA, List.of()).join(rows, DataJoin.INNER, "id"),
            rows -> rows.filter("id < 0"));
    for (Function<DataPipeline, DataPipeline> stage : stages) {
      DataPipeline pipeline = stage.apply(data.from(SCHEMA, endless()));
      try {
        assertThatThrownBy(pipeline::toMaps)
            .isInstanceOfAny(DataException.class, WasmException.class);
        assertThat(Thread.currentThread().isInterrupted()).isTrue();
      } finally {
        Thread.interrupted();
      }
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"WASM", "JAVA"})
  @Timeout(30)
  void anInterruptEndsAJoinOfAllWithAll(WasmExecutionMode mode) {
    DataProcessor data =
        DataProcessor.of(this.runtime.manager(), DataSettings.DEFAULTS.withExecutionMode(mode));
    List<Map<String, Object>> same = Collections.nCopies(50_000, Map.of("id", 0));
    // The last row of a chunk, so that the pairs are what has to be ended.
    Stream<Map<String, Object>> rows =
        LongStream.range(0, 8192)
            .mapToObj(
                row -> {
                  if (row == 8191) {
                    Thread.currentThread().interrupt();
                  }
                  return Map.of("id", 0);
                });
    DataPipeline counted =
        data.from(SCHEMA, rows)
            .join(data.from(SCHEMA, same), DataJoin.INNER, "id")
            .groupBy()
            .aggregate(DataAggregate.count());
    try {
      assertThatThrownBy(counted::toMaps).isInstanceOfAny(DataException.class, WasmException.class);
    } finally {
      Thread.interrupted();
    }
  }
}
