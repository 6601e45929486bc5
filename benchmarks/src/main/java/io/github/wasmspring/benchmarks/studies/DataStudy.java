package io.github.wasmspring.benchmarks.studies;

import static io.github.wasmspring.data.DataAggregate.count;
import static io.github.wasmspring.data.DataAggregate.max;
import static io.github.wasmspring.data.DataAggregate.min;
import static io.github.wasmspring.data.DataAggregate.percentile;
import static io.github.wasmspring.data.DataAggregate.sum;

import io.github.wasmspring.WasmExecutionMode;
import io.github.wasmspring.data.DataPipeline;
import io.github.wasmspring.data.DataProcessor;
import io.github.wasmspring.data.DataRow;
import io.github.wasmspring.data.DataRows;
import io.github.wasmspring.data.DataSchema;
import io.github.wasmspring.data.DataSettings;
import io.github.wasmspring.runtime.WasmRuntime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.DoubleSupplier;
import java.util.stream.Collectors;

/** The aggregation of 100,000 rows and the transformation of 50,000 items, in several ways. */
public final class DataStudy {

  private static final String[] REGIONS = {"EU", "US", "APAC", "LATAM", "MEA", "ANZ", "UK", "CA"};
  private static final DataSchema SCHEMA =
      DataSchema.builder()
          .integer("id")
          .text("region")
          .text("product")
          .number("price")
          .integer("quantity")
          .build();

  private final int runs;
  private double agreed;
  private int seed = 42;

  private DataStudy(int runs) {
    this.runs = runs;
  }

  /** A row. */
  public record Order(int id, String region, String product, double price, int quantity) {

    Map<String, Object> toMap() {
      return Map.of(
          "id", this.id,
          "region", this.region,
          "product", this.product,
          "price", this.price,
          "quantity", this.quantity);
    }
  }

  /**
   * @param arguments how many runs to warm up, and to measure
   */
  public static void main(String[] arguments) {
    new DataStudy(arguments.length > 0 ? Integer.parseInt(arguments[0]) : 15).run();
  }

  private int next(int bound) {
    this.seed = this.seed * 1664525 + 1013904223;
    return (this.seed >>> 8) % bound;
  }

  private List<Order> rows(int count) {
    this.seed = 42;
    List<Order> rows = new ArrayList<>();
    for (int id = 0; id < count; id++) {
      String region = REGIONS[next(8)];
      String product = " item-" + next(500) + " ";
      double price = next(100_000) / 100.0;
      rows.add(new Order(id, region, product, price, next(20)));
    }
    return rows;
  }

  private void run() {
    try (WasmRuntime runtime = WasmRuntime.withInstalledModules()) {
      DataProcessor module = processor(runtime, WasmExecutionMode.WASM);
      DataProcessor java = processor(runtime, WasmExecutionMode.JAVA);
      String name = "aggregation of 100,000 rows";
      List<Order> orders = rows(100_000);
      List<Map<String, Object>> maps = orders.stream().map(Order::toMap).toList();
      this.agreed = aggregated(orders);
      measure(name, "Java streams", () -> aggregated(orders));
      measure(name, "module, records", () -> aggregated(module.from(Order.class, orders)));
      measure(name, "module, maps", () -> aggregated(module.from(SCHEMA, maps)));
      measure(name, "Java in its place, maps", () -> aggregated(java.from(SCHEMA, maps)));

      String other = "transformation of 50,000 items";
      List<Order> items = rows(50_000);
      List<Map<String, Object>> itemMaps = items.stream().map(Order::toMap).toList();
      this.agreed = transformed(items);
      measure(other, "Java streams", () -> transformed(items));
      measure(other, "module, records", () -> transformed(module.from(Order.class, items)));
      measure(other, "module, maps", () -> transformed(module.from(SCHEMA, itemMaps)));
      measure(other, "Java in its place, maps", () -> transformed(java.from(SCHEMA, itemMaps)));
    }
  }

  private static DataProcessor processor(WasmRuntime runtime, WasmExecutionMode mode) {
    return DataProcessor.of(runtime.manager(), DataSettings.DEFAULTS.withExecutionMode(mode));
  }

  private void measure(String name, String way, DoubleSupplier work) {
    double[] times = new double[this.runs];
    double check = 0;
    for (int run = 0; run < 2 * this.runs; run++) {
      long start = System.nanoTime();
      check = work.getAsDouble();
      if (run >= this.runs) {
        times[run - this.runs] = (System.nanoTime() - start) / 1e6;
      }
    }
    if (Math.abs(check - this.agreed) > 1e-9 * Math.abs(this.agreed)) {
      throw new IllegalStateException(
          "%s, %s: %f instead of %f".formatted(name, way, check, this.agreed));
    }
    Arrays.sort(times);
    System.out.printf(
        Locale.ROOT,
        "%s, %s: %.1f ms (%.1f to %.1f), check %.3f%n",
        name,
        way,
        times[this.runs / 2],
        times[0],
        times[this.runs - 1],
        check);
  }

  private static double aggregated(DataPipeline orders) {
    double check = 0;
    try (DataRows rows =
        orders
            .groupBy("region")
            .aggregate(
                count(),
                sum("price * quantity").as("sum"),
                min("price"),
                max("price"),
                percentile("price", 0.95))
            .rows()) {
      while (rows.hasNext()) {
        DataRow row = rows.next();
        for (int place = 1; place <= 5; place++) {
          check += number(row, place);
        }
      }
    }
    return check;
  }

  private static double number(DataRow row, int place) {
    return ((Number) Objects.requireNonNull(row.get(place))).doubleValue();
  }

  private static double aggregated(List<Order> orders) {
    Map<String, List<Order>> groups = orders.stream().collect(Collectors.groupingBy(Order::region));
    double check = 0;
    for (List<Order> group : groups.values()) {
      DoubleSummaryStatistics prices = group.stream().mapToDouble(Order::price).summaryStatistics();
      double sum = group.stream().mapToDouble(each -> each.price * each.quantity).sum();
      double[] sorted = group.stream().mapToDouble(Order::price).sorted().toArray();
      double place = 0.95 * (sorted.length - 1);
      int lower = (int) place;
      int upper = Math.min(lower + 1, sorted.length - 1);
      double percentile = sorted[lower] + (sorted[upper] - sorted[lower]) * (place - lower);
      check += group.size() + sum + prices.getMin() + prices.getMax() + percentile;
    }
    return check;
  }

  private static double transformed(DataPipeline items) {
    double check = 0;
    try (DataRows rows =
        items
            .filter("price > 100 and region <> 'MEA'")
            .derive("name", "upper(trim(product))")
            .derive("total", "price * quantity")
            .select("id", "name", "total")
            .rows()) {
      while (rows.hasNext()) {
        DataRow row = rows.next();
        String name = (String) Objects.requireNonNull(row.get(1));
        check += number(row, 0) + name.length() + number(row, 2);
      }
    }
    return check;
  }

  private record Item(int id, String name, double total) {}

  private static double transformed(List<Order> items) {
    List<Item> made =
        items.stream()
            .filter(each -> each.price > 100 && !each.region.equals("MEA"))
            .map(
                each ->
                    new Item(
                        each.id,
                        each.product.trim().toUpperCase(Locale.ROOT),
                        each.price * each.quantity))
            .toList();
    double check = 0;
    for (Item each : made) {
      check += each.id + each.name.length() + each.total;
    }
    return check;
  }
}
