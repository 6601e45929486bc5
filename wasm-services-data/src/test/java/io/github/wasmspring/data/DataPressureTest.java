package io.github.wasmspring.data;

import static io.github.wasmspring.data.DataAggregate.count;
import static io.github.wasmspring.data.DataAggregate.max;
import static io.github.wasmspring.data.DataAggregate.sum;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.wasmspring.WasmExecutionMode;
import io.github.wasmspring.runtime.WasmRuntime;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Wide rows, many files, long lists: what is held at a time stays small. */
class DataPressureTest {

  private static final DataSchema SCHEMA = DataSchema.builder().integer("id").text("s").build();

  @TempDir Path directory;

  private final WasmRuntime runtime = WasmRuntime.withInstalledModules();

  @AfterEach
  void close() {
    assertThat(this.runtime.usedMemory()).isZero();
    this.runtime.close();
  }

  private DataSettings settings(WasmExecutionMode mode) {
    return DataSettings.DEFAULTS.withExecutionMode(mode).withSpillDirectory(this.directory);
  }

  private DataProcessor data(DataSettings settings) {
    return DataProcessor.of(this.runtime.manager(), settings);
  }

  private static Iterable<Map<String, Object>> rows(int count, int width) {
    String wide = "x".repeat(width);
    return () ->
        IntStream.range(0, count)
            .<Map<String, Object>>mapToObj(row -> Map.of("id", row * 7919 % count, "s", wide))
            .iterator();
  }

  @Test
  void wideRowsComeBackFromDiskInSmallPieces() {
    DataSettings settings =
        settings(WasmExecutionMode.JAVA).withMemoryLimit(1 << 20).withChunkRows(16);
    DataProcessor data = data(settings);
    for (DataPipeline pipeline :
        List.of(
            data.from(SCHEMA, rows(1501, 20_000)).sort("id"),
            data.from(SCHEMA, rows(1501, 20_000)).groupBy("id").aggregate(max("s")))) {
      DataRun run = data.begin();
      try (DataRows sorted = new DataRows(pipeline.schema(), pipeline.flow(run), run)) {
        assertThat(sorted.hasNext()).isTrue();
        assertThat(run.spill.bytes()).isGreaterThan(20_000_000);
        // One row, and what a chunk has beside it; for parts their share of the limit as well.
        assertThat(run.spill.largest()).isLessThan((1 << 20) / 32 + 25_000);
      }
    }
  }

  /** Files of one level are merged to one of the next, and not all of them again and again. */
  @Test
  void manyRunsAreSortedStablyInLittleRoom() {
    int count = 30_000;
    List<Map<String, Object>> rows =
        IntStream.range(0, count)
            .<Map<String, Object>>mapToObj(row -> Map.of("id", row * 31 % 100, "s", "" + row))
            .toList();
    long size = 2L * count * 60;
    DataSettings settings =
        settings(WasmExecutionMode.JAVA)
            .withMemoryLimit(10_000)
            .withChunkRows(100)
            .withSpillLimit(size);
    DataProcessor data = data(settings);
    DataPipeline pipeline = data.from(SCHEMA, rows).sort("id");
    DataRun run = data.begin();
    List<Map<String, Object>> sorted = new ArrayList<>();
    try (DataRows all = new DataRows(pipeline.schema(), pipeline.flow(run), run)) {
      assertThat(all.hasNext()).isTrue();
      assertThat(run.spill.count()).isBetween(2, DataSortStage.MOST_FILES);
      all.forEachRemaining(row -> sorted.add(row.toMap()));
      assertThat(run.spill.count()).isZero();
    }
    List<String> expected =
        IntStream.range(0, count)
            .boxed()
            .sorted(Comparator.comparing(row -> row * 31 % 100))
            .map(String::valueOf)
            .toList();
    assertThat(sorted).extracting(row -> row.get("s")).isEqualTo(expected);
  }

  @ParameterizedTest
  @EnumSource(names = {"WASM", "JAVA"})
  void partnersWithLongTextsComeInChunksOfBytes(WasmExecutionMode mode) {
    DataProcessor data = data(settings(mode));
    List<Map<String, Object>> long10 =
        Collections.nCopies(10, Map.of("id", 1, "s", "y".repeat(30_000)));
    DataPipeline left =
        data.from(SCHEMA, Collections.nCopies(100, Map.of("id", 1, "s", "l"))).select("id");
    DataPipeline joined = left.join(data.from(SCHEMA, long10), DataJoin.INNER, "id");
    DataRun run = data.begin();
    int pairs = 0;
    try (run;
        DataFlow flow = joined.flow(run)) {
      for (DataChunk chunk = flow.next(); chunk != null; chunk = flow.next()) {
        assertThat(chunk.size()).isLessThan(DataRows.MOST_BYTES + 100_000);
        pairs += chunk.rows();
      }
    }
    assertThat(pairs).isEqualTo(1000);
  }

  @ParameterizedTest
  @EnumSource(names = {"WASM", "JAVA"})
  void morePairsThanTheModuleGivesAtATime(WasmExecutionMode mode) {
    DataProcessor data = data(settings(mode));
    DataPipeline same =
        data.from(SCHEMA, Collections.nCopies(300, Map.of("id", 1, "s", "l"))).select("id");
    assertThat(same.join(same, DataJoin.INNER, "id").groupBy().aggregate(count()).toMaps())
        .containsExactly(Map.of("count", 90_000L));
  }

  @Test
  @Timeout(30)
  void aListOf2000ItemsFitsTheModule() {
    DataProcessor data = data(settings(WasmExecutionMode.WASM));
    String items =
        IntStream.range(0, 2000).mapToObj(id -> "" + 2 * id).collect(Collectors.joining(","));
    assertThat(
            data.from(SCHEMA, rows(8192, 1))
                .filter("id in (" + items + ")")
                .groupBy()
                .aggregate(count())
                .toMaps())
        .containsExactly(Map.of("count", 2000L));
    assertThat(
            data.from(SCHEMA, rows(4096, 1))
                .derive("d", "decimal(id, 1)")
                .filter("not (d in (" + items.substring(0, 1000) + "0.5)) and s in ('x', 'y')")
                .groupBy()
                .aggregate(count())
                .toMaps())
        .hasSize(1);
  }

  /** All of them have one hash as a {@code String}, and one as a polynomial of any start. */
  private static List<Map<String, Object>> colliding() {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (int row = 0; row < 4096; row++) {
      StringBuilder text = new StringBuilder();
      for (int bit = 0; bit < 12; bit++) {
        text.append((row >> bit & 1) == 0 ? "Aa" : "BB");
      }
      rows.add(Map.of("id", row, "s", text.toString()));
    }
    return rows;
  }

  @ParameterizedTest
  @EnumSource(names = {"WASM", "JAVA"})
  void keysThatCollideAreSetApart(WasmExecutionMode mode) {
    DataProcessor few = data(settings(mode).withMemoryLimit(100_000));
    DataPipeline rows = few.from(SCHEMA, colliding());
    assertThat(rows.groupBy("s").aggregate(sum("id")).groupBy().aggregate(count()).toMaps())
        .containsExactly(Map.of("count", 4096L));
    DataPipeline other = rows.rename("id", "other");
    assertThat(
            rows.join(other, DataJoin.INNER, "s")
                .filter("id = other")
                .groupBy()
                .aggregate(count())
                .toMaps())
        .containsExactly(Map.of("count", 4096L));
  }

  @Test
  void memoryFollowsTextsThatGrow() {
    DataProcessor data = data(settings(WasmExecutionMode.WASM).withChunkRows(1));
    List<Long> used = new ArrayList<>();
    Iterable<Map<String, Object>> rows =
        () ->
            IntStream.range(0, 60)
                .<Map<String, Object>>mapToObj(
                    row -> {
                      used.add(this.runtime.usedMemory());
                      return Map.of("id", row, "s", "x".repeat(1_000_000 + row * 20_000));
                    })
                .iterator();
    assertThat(data.from(SCHEMA, rows).derive("n", "length(s || 'a')").select("n").toMaps())
        .hasSize(60);
    // The last text has 2.2 MB; each chunk's once more would be 90 MB.
    assertThat(Collections.max(used)).isLessThan(30L << 20);
  }

  @ParameterizedTest
  @EnumSource(names = {"WASM", "JAVA"})
  void theSmallestLimitOfAll(WasmExecutionMode mode) {
    DataProcessor few = data(settings(mode).withMemoryLimit(1));
    DataPipeline groups =
        few.from(SCHEMA, rows(3000, 30)).groupBy("id", "s").aggregate(count(), max("s"));
    assertThat(groups.groupBy().aggregate(count().as("groups"), sum("count").as("rows")).toMaps())
        .containsExactly(Map.of("groups", 3000L, "rows", 3000L));
  }

  @ParameterizedTest
  @EnumSource(names = {"WASM", "JAVA"})
  void theGreatestTextTakesNoMoreThanItNeeds(WasmExecutionMode mode) {
    DataProcessor few = data(settings(mode).withMemoryLimit(100_000));
    // Each is longer and greater than the one before: 4.5 MB together.
    Iterable<Map<String, Object>> rows =
        () ->
            IntStream.range(1, 3000)
                .<Map<String, Object>>mapToObj(row -> Map.of("id", row, "s", "x".repeat(row)))
                .iterator();
    assertThat(few.from(SCHEMA, rows).groupBy().aggregate(max("s")).toMaps())
        .containsExactly(Map.of("max_s", "x".repeat(2999)));
  }

  @ParameterizedTest
  @EnumSource(names = {"WASM", "JAVA"})
  @Timeout(20)
  void searchesAreLinear(WasmExecutionMode mode) {
    DataProcessor data = data(settings(mode));
    String text = "a".repeat(1_000_000);
    String part = "a".repeat(300_000) + "b";
    DataSchema texts = DataSchema.builder().text("s").text("part").build();
    Map<String, Object> row = Map.of("s", text, "part", part);
    Map<String, Object> other = Map.of("s", text + "b" + text, "part", part);
    assertThat(
            data.from(texts, List.of(row, other))
                .derive("found", "contains(s, part)")
                .derive("n", "length(replace(s, part, 'c'))")
                .select("found", "n")
                .toMaps())
        .containsExactly(
            Map.of("found", false, "n", 1_000_000L), Map.of("found", true, "n", 1_700_001L));
    assertThat(
            data.from(texts, List.of(row, other))
                .derive("found", "s like '%' || part || '%'")
                .select("found")
                .toMaps())
        .containsExactly(Map.of("found", false), Map.of("found", true));
  }

  @ParameterizedTest
  @CsvSource({
    "abc, abc, true",
    "abc, ab, false",
    "abc, %, true",
    "'', %%, true",
    "abcab, ab%ab, true",
    "ab, ab%ab, false",
    "aba, ab%ba, false",
    "abcbc, %bc, true",
    "abcb, %bc, false",
    "xaybzc, %a%b%c, true",
    "xaybz, %a%b%c%, false",
    "äöü, ä%ü, true",
    "abab, %ab%ab%, true",
    "aab, a%ab, true",
    "ab, b%, false"
  })
  void partsOfPatterns(String text, String pattern, boolean fits) {
    for (WasmExecutionMode mode : List.of(WasmExecutionMode.WASM, WasmExecutionMode.JAVA)) {
      assertThat(
              data(settings(mode))
                  .from(SCHEMA, List.of(Map.of("id", 1, "s", text)))
                  .derive("fits", "s like '" + pattern + "'")
                  .select("fits")
                  .toMaps())
          .containsExactly(Map.of("fits", fits));
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"WASM", "JAVA"})
  void theFirstGroupIsNamedThatIsWrong(WasmExecutionMode mode) {
    DataProcessor data = data(settings(mode));
    List<Map<String, Object>> rows =
        List.of(
            Map.of("id", 1L, "s", "first"),
            Map.of("id", Long.MAX_VALUE, "s", "first"),
            Map.of("id", 3L, "s", "second"),
            Map.of("id", Long.MAX_VALUE, "s", "second"));
    // Of the first group only the second aggregate is wrong, of the second group the first one.
    DataPipeline groups =
        data.from(SCHEMA, rows)
            .groupBy("s")
            .aggregate(sum("case when s = 'second' then id end").as("a"), sum("id").as("b"));
    assertThatThrownBy(groups::toMaps)
        .isInstanceOf(DataException.class)
        .hasMessageContaining("Aggregate 'b'");
  }

  @ParameterizedTest
  @EnumSource(names = {"WASM", "JAVA"})
  void largeDoublesAreRounded(WasmExecutionMode mode) {
    DataProcessor data = data(settings(mode));
    DataSchema numbers = DataSchema.builder().number("x").build();
    double[] values = {1e300, -1e300, Double.POSITIVE_INFINITY, 2.675, -0.125, 1e37, 12345.678};
    List<Map<String, Object>> rows = new ArrayList<>();
    for (double value : values) {
      rows.add(Map.of("x", value));
    }
    assertThat(data.from(numbers, rows).derive("x", "round(x, 2)").toMaps())
        .extracting(row -> row.get("x"))
        .containsExactly(1e300, -1e300, Double.POSITIVE_INFINITY, 2.68, -0.13, 1e37, 12345.68);
    assertThat(data.from(numbers, rows).derive("x", "round(x, 30)").toMaps())
        .extracting(row -> row.get("x"))
        .containsExactly(1e300, -1e300, Double.POSITIVE_INFINITY, 2.675, -0.125, 1e37, 12345.678);
  }
}
