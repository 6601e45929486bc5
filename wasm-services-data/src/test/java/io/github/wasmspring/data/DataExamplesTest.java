package io.github.wasmspring.data;

import static io.github.wasmspring.data.DataAggregate.count;
import static io.github.wasmspring.data.DataAggregate.percentile;
import static io.github.wasmspring.data.DataAggregate.sum;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.wasmspring.WasmExecutionMode;
import io.github.wasmspring.runtime.WasmRuntime;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the documentation shows. */
class DataExamplesTest {

  @Test
  void theExampleOfThePage() {
    try (WasmRuntime runtime = WasmRuntime.withInstalledModules()) {
      DataProcessor data = DataProcessor.of(runtime.manager());
      List<Map<String, Object>> orders =
          List.of(
              Map.of("region", " eu", "price", 12.5, "quantity", 2),
              Map.of("region", "EU ", "price", 20.0, "quantity", 1),
              Map.of("region", "US", "price", 30.0, "quantity", 3),
              Map.of("region", "US", "price", 5.0, "quantity", 9));
      DataSchema schema =
          DataSchema.builder().text("region").number("price").integer("quantity").build();
      List<Map<String, Object>> totals =
          data.from(schema, orders)
              .trim("region")
              .upper("region")
              .filter("price > 10 and region in ('EU', 'US')")
              .derive("total", "price * quantity")
              .groupBy("region")
              .aggregate(count(), sum("total"), percentile("total", 0.5).as("median"))
              .sort("region")
              .toMaps();
      assertThat(totals)
          .containsExactly(
              Map.of("region", "EU", "count", 2L, "sum_total", 45.0, "median", 22.5),
              Map.of("region", "US", "count", 1L, "sum_total", 90.0, "median", 90.0));
      assertThat(data.wasmStages()).isEqualTo(2);
    }
  }

  record Sale(String day, String amount, @DataScale(2) BigDecimal fee) {}

  record Month(LocalDate month, @DataScale(2) BigDecimal total) {}

  @Test
  void recordsAndWhatIsRead() {
    try (WasmRuntime runtime = WasmRuntime.withInstalledModules()) {
      DataProcessor data = DataProcessor.of(runtime.manager());
      List<Sale> sales =
          List.of(
              new Sale("30.11.2026", "1.234,50", new BigDecimal("0.50")),
              new Sale("1.11.2026", "2,00", new BigDecimal("0.25")),
              new Sale("02.12.2026", "7,25", null));
      List<Month> months =
          data.from(Sale.class, sales)
              .parse("day", DataType.DATE, "d.M.yyyy")
              .derive("month", "month_start(day)")
              .derive("amount", "replace(replace(amount, '.', ''), ',', '.')")
              .parse("amount", DataType.decimal(2))
              .groupBy("month")
              .aggregate(sum("amount - coalesce(fee, 0)").as("total"))
              .sort("month")
              .toRecords(Month.class);
      assertThat(months)
          .containsExactly(
              new Month(LocalDate.of(2026, 11, 1), new BigDecimal("1235.75")),
              new Month(LocalDate.of(2026, 12, 1), new BigDecimal("7.25")));
    }
  }

  @Test
  void valuesComeBackAsTheyWere() {
    DataSchema schema =
        DataSchema.builder()
            .bool("b")
            .integer("i")
            .number("n")
            .decimal("d", 3)
            .text("s")
            .date("day")
            .timestamp("at")
            .build();
    Map<String, Object> row =
        Map.of(
            "b",
            true,
            "i",
            Long.MIN_VALUE,
            "n",
            Double.MIN_VALUE,
            "d",
            new BigDecimal("-99999999999999999999999999999999999.125"),
            "s",
            "日本 😀",
            "day",
            LocalDate.of(9999, 12, 31),
            "at",
            Instant.parse("0000-01-01T00:00:00.000001Z"));
    try (WasmRuntime runtime = WasmRuntime.withInstalledModules()) {
      for (WasmExecutionMode mode : List.of(WasmExecutionMode.WASM, WasmExecutionMode.JAVA)) {
        DataProcessor data =
            DataProcessor.of(runtime.manager(), DataSettings.DEFAULTS.withExecutionMode(mode));
        String[] all = schema.names().toArray(String[]::new);
        List<Map<String, Object>> once =
            data.from(schema, List.of(row, Map.of(), row)).distinct(all).sort(all).toMaps();
        assertThat(once).hasSize(2);
        assertThat(once.get(0).values()).containsOnlyNulls();
        assertThat(once.get(1)).isEqualTo(row);
      }
    }
  }

  @Test
  void javaAnswersWhereModulesAreOff() {
    try (WasmRuntime runtime = WasmRuntime.create()) {
      DataProcessor data = DataProcessor.of(runtime.manager());
      DataSchema schema = DataSchema.builder().integer("i").build();
      assertThat(data.from(schema, List.of(Map.of("i", 4))).derive("j", "i * i").toMaps())
          .containsExactly(Map.of("i", 4L, "j", 16L));
      assertThat(data.javaStages()).isEqualTo(1);
    }
  }

  @Test
  void timeZones() {
    DataSchema events = DataSchema.builder().text("text").build();
    List<Map<String, Object>> rows =
        List.of(Map.of("text", "30.11.2026 05:30"), Map.of("text", "30.11.2026 06:30"));
    try (WasmRuntime runtime = WasmRuntime.withInstalledModules()) {
      DataProcessor data = DataProcessor.of(runtime.manager());
      List<Map<String, Object>> days =
          data.from(events, rows)
              .derive("at", "timestamp(text, 'dd.MM.yyyy HH:mm', 'Europe/Berlin')")
              .derive("day", "date(at, 'America/New_York')")
              .groupBy("day")
              .aggregate(count())
              .toMaps();
      assertThat(days)
          .containsExactly(
              Map.of("day", LocalDate.of(2026, 11, 29), "count", 1L),
              Map.of("day", LocalDate.of(2026, 11, 30), "count", 1L));
    }
  }

  @Test
  void filesOfRows(@TempDir Path directory) {
    Path file = directory.resolve("dear.rows");
    DataSchema schema = DataSchema.builder().text("name").number("price").build();
    List<Map<String, Object>> orders =
        List.of(Map.of("name", "tea", "price", 4.0), Map.of("name", "spade", "price", 20.0));
    try (WasmRuntime runtime = WasmRuntime.withInstalledModules()) {
      DataProcessor data = DataProcessor.of(runtime.manager());
      data.from(schema, orders).filter("price > 10").writeTo(file);
      List<Map<String, Object>> dear = data.from(file).toMaps();
      assertThat(dear).containsExactly(Map.of("name", "spade", "price", 20.0));
    }
  }
}
