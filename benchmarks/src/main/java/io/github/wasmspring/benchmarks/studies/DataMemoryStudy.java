package io.github.wasmspring.benchmarks.studies;

import static io.github.wasmspring.data.DataAggregate.count;
import static io.github.wasmspring.data.DataAggregate.sum;

import io.github.wasmspring.data.DataJoin;
import io.github.wasmspring.data.DataPipeline;
import io.github.wasmspring.data.DataProcessor;
import io.github.wasmspring.data.DataRows;
import io.github.wasmspring.data.DataSchema;
import io.github.wasmspring.data.DataSettings;
import io.github.wasmspring.runtime.WasmRuntime;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/** What many rows take that are made on the way: whether memory is flat. */
public final class DataMemoryStudy {

  private static final DataSchema ROWS =
      DataSchema.builder().integer("id").integer("region").number("value").build();
  private static final DataSchema REGIONS =
      DataSchema.builder().integer("region").text("name").build();

  private final int count;
  private final WasmRuntime runtime;
  private final DataSettings settings;
  private final long start = System.nanoTime();

  private DataMemoryStudy(int count, WasmRuntime runtime, DataSettings settings) {
    this.settings = settings;
    this.count = count;
    this.runtime = runtime;
  }

  /**
   * @param arguments how many rows, and {@code compressed} if those on disk are to be
   */
  public static void main(String[] arguments) {
    int count = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 10_000_000;
    boolean compressed = arguments.length > 1 && arguments[1].equals("compressed");
    try (WasmRuntime runtime = WasmRuntime.withInstalledModules()) {
      new DataMemoryStudy(count, runtime, DataSettings.DEFAULTS.withSpillCompression(compressed))
          .run();
    }
  }

  private void run() {
    DataProcessor data = DataProcessor.of(this.runtime.manager(), this.settings);
    List<Map<String, Object>> regions =
        IntStream.range(0, 1000)
            .<Map<String, Object>>mapToObj(region -> Map.of("region", region, "name", "r" + region))
            .toList();
    DataPipeline rows = data.from(ROWS, this::rows);
    DataPipeline joined =
        rows.join(data.from(REGIONS, regions), DataJoin.INNER, "region").filter("value >= 0.25e0");
    report("groups", joined.groupBy("name").aggregate(count(), sum("value")));
    report("many groups", rows.groupBy("id").aggregate(count()));
    report("order", rows.sort("value"));
  }

  private void report(String name, DataPipeline pipeline) {
    System.out.println(name);
    long made = 0;
    try (DataRows rows = pipeline.rows()) {
      while (rows.hasNext()) {
        rows.next();
        made++;
      }
    }
    System.out.printf(Locale.ROOT, "  %d rows came out after %.1f s%n", made, seconds());
  }

  private double seconds() {
    return (System.nanoTime() - this.start) / 1e9;
  }

  private Iterator<Map<String, ?>> rows() {
    return new Iterator<>() {
      private int row;

      @Override
      public boolean hasNext() {
        return this.row < DataMemoryStudy.this.count;
      }

      @Override
      public Map<String, ?> next() {
        if (++this.row % Math.max(1, DataMemoryStudy.this.count / 10) == 0) {
          look(this.row);
        }
        // A walk through all residues, so that neither keys nor values come in order.
        long mixed = this.row * 2_654_435_761L % 1_000_003;
        return Map.of("id", this.row, "region", mixed % 1000, "value", mixed / 1_000_003.0);
      }
    };
  }

  private void look(int row) {
    System.gc();
    Runtime heap = Runtime.getRuntime();
    System.out.printf(
        Locale.ROOT,
        "  after %d rows: modules %d bytes, heap %d bytes, %.1f s%n",
        row,
        this.runtime.usedMemory(),
        heap.totalMemory() - heap.freeMemory(),
        seconds());
  }
}
