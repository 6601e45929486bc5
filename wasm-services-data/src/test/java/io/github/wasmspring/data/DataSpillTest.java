package io.github.wasmspring.data;

import static io.github.wasmspring.data.DataAggregate.count;
import static io.github.wasmspring.data.DataAggregate.countDistinct;
import static io.github.wasmspring.data.DataAggregate.max;
import static io.github.wasmspring.data.DataAggregate.percentile;
import static io.github.wasmspring.data.DataAggregate.sum;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.wasmspring.WasmExecutionMode;
import io.github.wasmspring.runtime.WasmRuntime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What does not fit the memory limit goes to disk, and nothing of it stays there. */
class DataSpillTest {

  private static final DataSchema SCHEMA =
      DataSchema.builder().integer("key").text("word").number("value").build();
  private static final int ROWS = 20_000;

  @TempDir Path directory;

  private final WasmRuntime runtime = WasmRuntime.withInstalledModules();

  @AfterEach
  void nothingStays() throws IOException {
    assertThat(this.runtime.usedMemory()).isZero();
    this.runtime.close();
    try (Stream<Path> left = Files.list(this.directory)) {
      assertThat(left).isEmpty();
    }
  }

  private DataSettings small(WasmExecutionMode mode) {
    return DataSettings.DEFAULTS
        .withExecutionMode(mode)
        .withChunkRows(1000)
        .withMemoryLimit(100_000)
        .withSpillDirectory(this.directory);
  }

  private static List<Map<String, Object>> rows() {
    Random random = new Random(5);
    return IntStream.range(0, ROWS)
        .<Map<String, Object>>mapToObj(
            row ->
                Map.of(
                    "key", random.nextInt(9000),
                    "word", "w" + random.nextInt(300),
                    "value", random.nextDouble()))
        .toList();
  }

  private List<List<Object>> all(DataPipeline pipeline) {
    try (Stream<DataRow> rows = pipeline.stream()) {
      return rows.<List<Object>>map(row -> new ArrayList<>(row.toMap().values())).toList();
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"WASM", "JAVA"})
  void groupsAreTheSame(WasmExecutionMode mode) {
    List<Map<String, Object>> rows = rows();
    DataAggregate[] aggregates = {
      count(), sum("value"), max("word"), percentile("value", 0.3), countDistinct("word")
    };
    DataProcessor all = DataProcessor.of(this.runtime.manager());
    DataProcessor few =
        DataProcessor.of(this.runtime.manager(), small(mode).withMemoryLimit(400_000));
    List<List<Object>> expected =
        all(all.from(SCHEMA, rows).groupBy("key").aggregate(aggregates).sort("key"));
    assertThat(all(few.from(SCHEMA, rows).groupBy("key").aggregate(aggregates).sort("key")))
        .isEqualTo(expected);
    assertThat(expected).hasSizeBetween(7000, 9000);
  }

  @ParameterizedTest
  @EnumSource(names = {"WASM", "JAVA"})
  void filteredRowsAreCountedOnce(WasmExecutionMode mode) {
    DataProcessor few = DataProcessor.of(this.runtime.manager(), small(mode));
    List<Map<String, Object>> counts =
        few.from(SCHEMA, rows())
            .filter("key % 2 = 0")
            .derive("key", "key / 2")
            .groupBy("key")
            .aggregate(count())
            .groupBy()
            .aggregate(count().as("keys"), sum("count").as("rows"))
            .toMaps();
    long even = rows().stream().filter(row -> (int) row.get("key") % 2 == 0).count();
    assertThat(counts).hasSize(1);
    assertThat(counts.get(0)).containsEntry("rows", even);
  }

  @ParameterizedTest
  @CsvSource({"WASM, false", "WASM, true", "JAVA, true"})
  void ordersAreTheSame(WasmExecutionMode mode, boolean compressed) {
    List<Map<String, Object>> rows = rows();
    DataProcessor all = DataProcessor.of(this.runtime.manager());
    DataProcessor few =
        DataProcessor.of(this.runtime.manager(), small(mode).withSpillCompression(compressed));
    DataSort[] order = {DataSort.desc("word"), DataSort.asc("key")};
    assertThat(all(few.from(SCHEMA, rows).sort(order)))
        .isEqualTo(all(all.from(SCHEMA, rows).sort(order)));
  }

  @ParameterizedTest
  @EnumSource(DataJoin.class)
  void joinsAreTheSame(DataJoin kind) {
    List<Map<String, Object>> rows = rows();
    DataProcessor all = DataProcessor.of(this.runtime.manager());
    List<List<List<Object>>> found = new ArrayList<>();
    for (DataProcessor each :
        List.of(
            all,
            DataProcessor.of(this.runtime.manager(), small(WasmExecutionMode.WASM)),
            DataProcessor.of(
                this.runtime.manager(),
                small(WasmExecutionMode.JAVA).withSpillCompression(true)))) {
      DataPipeline right =
          each.from(SCHEMA, rows)
              .filter("key % 3 = 0")
              .derive("key", "nullif(key, 9)")
              .rename("value", "other")
              .select("key", "other");
      DataPipeline joined =
          each.from(SCHEMA, rows.subList(0, 9000))
              .derive("key", "nullif(key, 6)")
              .join(right, kind, "key");
      String[] order = joined.schema().names().toArray(String[]::new);
      found.add(all(joined.sort(order)));
    }
    assertThat(found.get(0)).hasSizeGreaterThan(2000);
    assertThat(found.get(1)).isEqualTo(found.get(0));
    assertThat(found.get(2)).isEqualTo(found.get(0));
  }

  /** Rows without a key have no partner, and need not fit memory together. */
  @ParameterizedTest
  @EnumSource(DataJoin.class)
  void rowsWithoutAKeyNeedNotFit(DataJoin kind) {
    DataProcessor all = DataProcessor.of(this.runtime.manager());
    DataProcessor few = DataProcessor.of(this.runtime.manager(), small(WasmExecutionMode.WASM));
    List<List<List<Object>>> found = new ArrayList<>();
    for (DataProcessor each : List.of(all, few)) {
      DataPipeline rows = each.from(SCHEMA, rows()).derive("key", "if(key < 50, key, null)");
      DataPipeline right = rows.rename("value", "other").drop("word");
      DataPipeline joined = rows.join(right, kind, "key");
      found.add(all(joined.sort(joined.schema().names().toArray(String[]::new))));
    }
    int nulls = rows().stream().mapToInt(row -> (int) row.get("key") < 50 ? 0 : 1).sum();
    int sides = (kind.keepsLeft() ? 1 : 0) + (kind.keepsRight() ? 1 : 0);
    assertThat(found.get(0).stream().filter(row -> row.get(0) == null)).hasSize(sides * nulls);
    assertThat(found.get(1)).isEqualTo(found.get(0));
  }

  @Test
  void filesHaveNoNamesWhereTheSystemLetsThem() throws IOException {
    DataProcessor few = DataProcessor.of(this.runtime.manager(), small(WasmExecutionMode.WASM));
    try (DataRows rows = few.from(SCHEMA, rows()).sort("value").rows()) {
      assertThat(rows.hasNext()).isTrue();
      try (Stream<Path> left = Files.list(this.directory)) {
        assertThat(left.count()).isLessThanOrEqualTo(isPosix() ? 0 : 100);
      }
      // Closed before its end.
      rows.next();
    }
  }

  private boolean isPosix() {
    return this.directory.getFileSystem().supportedFileAttributeViews().contains("posix");
  }

  @Test
  void moreThanTheLimitOnDiskIsAnError() {
    DataSettings settings = small(WasmExecutionMode.WASM).withSpillLimit(200_000);
    DataProcessor few = DataProcessor.of(this.runtime.manager(), settings);
    assertThatThrownBy(() -> few.from(SCHEMA, rows()).sort("value").toMaps())
        .isInstanceOf(DataException.class)
        .hasMessageContaining("200000 bytes")
        .hasMessageContaining("wasm.services.data.spill-limit");
  }

  /** Twice the room of the rows as they are would be needed; half of it is enough. */
  @Test
  void compressedRowsTakeLessRoom() {
    DataSettings settings = small(WasmExecutionMode.WASM).withSpillLimit(700_000);
    List<Map<String, Object>> rows =
        IntStream.range(0, ROWS)
            .<Map<String, Object>>mapToObj(row -> Map.of("key", row % 50, "word", "the same"))
            .toList();
    DataProcessor few = DataProcessor.of(this.runtime.manager(), settings);
    assertThatThrownBy(() -> few.from(SCHEMA, rows).sort("key").toMaps())
        .isInstanceOf(DataException.class)
        .hasMessageContaining("spill-limit");
    DataProcessor compressed =
        DataProcessor.of(this.runtime.manager(), settings.withSpillCompression(true));
    assertThat(compressed.from(SCHEMA, rows).sort("key").toMaps()).hasSize(ROWS);
  }

  @Test
  void nothingGoesToDiskWhereThatIsForbidden() {
    DataSettings settings = small(WasmExecutionMode.WASM).withSpillLimit(0);
    DataProcessor few = DataProcessor.of(this.runtime.manager(), settings);
    assertThatThrownBy(() -> few.from(SCHEMA, rows()).groupBy("key").aggregate(count()).toMaps())
        .isInstanceOf(DataException.class)
        .extracting(failure -> ((DataException) failure).reason())
        .isEqualTo(DataException.Reason.MEMORY);
  }

  @Test
  void whereNoFilesCanBeTheMessageSaysSo() throws IOException {
    Path file = Files.createFile(this.directory.resolve("file"));
    DataSettings settings = small(WasmExecutionMode.WASM).withSpillDirectory(file.resolve("below"));
    DataProcessor few = DataProcessor.of(this.runtime.manager(), settings);
    assertThatThrownBy(() -> few.from(SCHEMA, rows()).sort("value").toMaps())
        .isInstanceOf(DataException.class)
        .hasMessageContaining("wasm.services.data.spill-directory")
        .extracting(failure -> ((DataException) failure).reason())
        .isEqualTo(DataException.Reason.DISK);
    Files.delete(file);
  }

  @ParameterizedTest
  @EnumSource(names = {"WASM", "JAVA"})
  void whatCanNotGoToDiskIsAnError(WasmExecutionMode mode) {
    DataProcessor few = DataProcessor.of(this.runtime.manager(), small(mode));
    DataPipeline rows = few.from(SCHEMA, rows());
    assertThatThrownBy(() -> rows.groupBy().aggregate(percentile("value", 0.5)).toMaps())
        .isInstanceOf(DataException.class)
        .hasMessageContaining("wasm.services.data.memory-limit");
    DataPipeline same = rows.derive("key", "1");
    assertThatThrownBy(() -> same.join(same.select("key"), DataJoin.SEMI, "key").toMaps())
        .isInstanceOf(DataException.class)
        .hasMessageContaining("right side of a join");
  }

  /** Makes rows, and tells now and then what modules take. */
  private final class Endless implements Iterable<Map<String, Object>> {

    private final int rows;
    private final List<Long> memory = new ArrayList<>();

    Endless(int rows) {
      this.rows = rows;
    }

    @Override
    public Iterator<Map<String, Object>> iterator() {
      return new Iterator<>() {
        private int row;

        @Override
        public boolean hasNext() {
          return this.row < Endless.this.rows;
        }

        @Override
        public Map<String, Object> next() {
          if (++this.row % 20_000 == 0) {
            Endless.this.memory.add(DataSpillTest.this.runtime.usedMemory());
          }
          return Map.of("key", this.row % 100, "word", "w" + this.row % 7, "value", this.row / 2.0);
        }
      };
    }
  }

  @Test
  void memoryDoesNotGrowWithRows() {
    Endless rows = new Endless(Integer.getInteger("wasm.data.rows", 200_000));
    DataProcessor data =
        DataProcessor.of(
            this.runtime.manager(),
            DataSettings.DEFAULTS.withExecutionMode(WasmExecutionMode.WASM));
    List<Map<String, Object>> groups =
        data.from(SCHEMA, rows)
            .derive("big", "value > 1000 and upper(word) <> 'W3'")
            .groupBy("key", "big")
            .aggregate(count(), sum("value"), max("word"))
            .toMaps();
    assertThat(groups).hasSizeBetween(100, 200);
    assertThat(groups.stream().mapToLong(group -> (long) group.get("count")).sum())
        .isEqualTo(rows.rows);
    assertThat(rows.memory).hasSizeGreaterThan(5);
    // From the second look on: the first may come before the first chunk.
    assertThat(rows.memory.subList(1, rows.memory.size())).containsOnly(rows.memory.get(1));
  }
}
