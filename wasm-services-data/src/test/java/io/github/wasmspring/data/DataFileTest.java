package io.github.wasmspring.data;

import static io.github.wasmspring.data.DataAggregate.count;
import static io.github.wasmspring.data.DataAggregate.sum;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.wasmspring.WasmExecutionMode;
import io.github.wasmspring.runtime.WasmRuntime;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Rows come back from files as they were, or an error does. */
class DataFileTest {

  private static final DataSchema SCHEMA =
      DataSchema.builder().integer("id").text("name").number("value").build();

  @TempDir Path directory;

  private final WasmRuntime runtime = WasmRuntime.withInstalledModules();
  private final DataProcessor data =
      DataProcessor.of(this.runtime.manager(), DataSettings.DEFAULTS.withChunkRows(100));

  @AfterEach
  void nothingElseStays() throws IOException {
    assertThat(this.runtime.usedMemory()).isZero();
    this.runtime.close();
    try (Stream<Path> files = Files.list(this.directory)) {
      assertThat(files.filter(file -> file.toString().endsWith(".tmp"))).isEmpty();
    }
  }

  private Path file() {
    return this.directory.resolve("some.rows");
  }

  private static List<Map<String, Object>> rows(int count) {
    return IntStream.range(0, count)
        .<Map<String, Object>>mapToObj(
            id -> Map.of("id", id, "name", "n" + id % 7, "value", id / 8.0))
        .toList();
  }

  private static DataException failure(ThrowingCallable call) {
    return catchThrowableOfType(DataException.class, call);
  }

  @ParameterizedTest
  @EnumSource(names = {"WASM", "JAVA"})
  void everyTypeComesBack(WasmExecutionMode mode) {
    DataProcessor each =
        DataProcessor.of(
            this.runtime.manager(),
            DataSettings.DEFAULTS.withExecutionMode(mode).withChunkRows(50));
    for (int seed = 0; seed < 20; seed++) {
      DataPipeline rows =
          each.from(TypedCases.SCHEMA, new TypedCases(seed).rows(170)).filter("i is not null or q");
      long written = rows.writeTo(file());
      DataPipeline read = each.from(file());
      assertThat(read.schema()).isEqualTo(TypedCases.SCHEMA);
      assertThat(read.toMaps()).isEqualTo(rows.toMaps()).hasSize((int) written);
      assertThat(read.toMaps()).as("read again").hasSize((int) written);
    }
  }

  @Test
  void pipelinesGoOnWithThem() {
    this.data.from(SCHEMA, rows(1000)).writeTo(file());
    DataPipeline read = this.data.from(file());
    assertThat(
            read.join(read.select("id").limit(10), DataJoin.SEMI, "id")
                .groupBy()
                .aggregate(count(), sum("id"))
                .toMaps())
        .containsExactly(Map.of("count", 10L, "sum_id", 45L));
  }

  @Test
  void aFileIsSmallerThanItsRows() throws IOException {
    assertThat(this.data.from(SCHEMA, rows(10_000)).writeTo(file())).isEqualTo(10_000);
    assertThat(Files.size(file())).isLessThan(10_000 * 8);
  }

  @Test
  void whatGetsNoSmallerIsKeptAsItIs() throws IOException {
    Random random = new Random(3);
    DataSchema numbers = DataSchema.builder().integer("n").build();
    List<Map<String, Object>> rows =
        Stream.generate(() -> Map.<String, Object>of("n", random.nextLong())).limit(1000).toList();
    this.data.from(numbers, rows).writeTo(file());
    assertThat(this.data.from(file()).toMaps()).isEqualTo(rows);
  }

  @Test
  void noRowsAreAFileToo() {
    assertThat(this.data.from(SCHEMA, List.of()).writeTo(file())).isZero();
    assertThat(this.data.from(file()).toMaps()).isEmpty();
    assertThat(this.data.from(file()).schema()).isEqualTo(SCHEMA);
  }

  @Test
  void aFileMayBeReadAndReplaced() {
    this.data.from(SCHEMA, rows(300)).writeTo(file());
    this.data.from(file()).filter("id % 2 = 0").writeTo(file());
    assertThat(this.data.from(file()).toMaps()).hasSize(150);
  }

  @Test
  void whatFailsLeavesTheOldFile() {
    this.data.from(SCHEMA, rows(300)).writeTo(file());
    DataPipeline wrong = this.data.from(SCHEMA, rows(300)).derive("x", "integer(name)");
    assertThat(failure(() -> wrong.writeTo(file())).reason()).isEqualTo(DataException.Reason.VALUE);
    Path missing = this.directory.resolve("none").resolve("some.rows");
    assertThatThrownBy(() -> wrong.writeTo(missing))
        .isInstanceOf(DataException.class)
        .hasMessageContaining(missing.toString());
    assertThatThrownBy(() -> wrong.writeTo(this.directory))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("it is a directory");
    assertThat(this.data.from(file()).toMaps()).hasSize(300);
  }

  @Test
  void anInterruptLeavesTheOldFile() {
    this.data.from(SCHEMA, rows(10)).writeTo(file());
    Thread.currentThread().interrupt();
    try {
      assertThat(failure(() -> this.data.from(SCHEMA, rows(300)).writeTo(file())).reason())
          .isEqualTo(DataException.Reason.INTERRUPTED);
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
    assertThat(this.data.from(file()).toMaps()).hasSize(10);
  }

  @Test
  void whatIsNoFileOfRowsIsRefused() throws IOException {
    assertThatThrownBy(() -> this.data.from(file()))
        .isInstanceOf(DataException.class)
        .hasMessageContaining(file().toString());
    Files.writeString(file(), "id,name,value\n1,tea,2.5\n".repeat(10));
    DataException none = failure(() -> this.data.from(file()));
    assertThat(none.reason()).isEqualTo(DataException.Reason.DAMAGED);
    assertThat(none).hasMessageContaining("it begins with something else");
  }

  @Test
  void otherColumnsThanBeforeAreAnError() {
    this.data.from(SCHEMA, rows(10)).writeTo(file());
    DataPipeline read = this.data.from(file());
    this.data.from(SCHEMA, rows(10)).drop("value").writeTo(file());
    assertThat(failure(read::toMaps)).hasMessageContaining("other columns");
  }

  /**
   * Each byte is changed, and each end is cut off: never are there other rows, nor other errors.
   */
  @Test
  void damageIsNoticed() throws IOException {
    this.data.from(SCHEMA, rows(150)).writeTo(file());
    List<Map<String, Object>> rows = this.data.from(SCHEMA, rows(150)).toMaps();
    byte[] whole = Files.readAllBytes(file());
    int noticed = 0;
    for (int at = 0; at < whole.length; at++) {
      byte[] damaged = whole.clone();
      damaged[at] ^= (byte) (1 << at % 8);
      noticed += isNoticed(damaged, rows) ? 1 : 0;
    }
    assertThat(noticed).isGreaterThan(whole.length - 10);
    for (int length = 0; length < whole.length; length++) {
      assertThat(isNoticed(Arrays.copyOf(whole, length), rows)).as("of %d", length).isTrue();
    }
    assertThat(isNoticed(Arrays.copyOf(whole, whole.length + 1), rows)).isTrue();
  }

  private boolean isNoticed(byte[] bytes, List<Map<String, Object>> rows) throws IOException {
    Files.write(file(), bytes);
    try {
      assertThat(this.data.from(file()).toMaps()).isEqualTo(rows);
      return false;
    } catch (DataException failure) {
      assertThat(failure.reason()).isEqualTo(DataException.Reason.DAMAGED);
      assertThat(failure).hasMessageContaining(file().toString());
      return true;
    }
  }

  /** Blocks whose checksums are right, made by somebody who means harm. */
  @Test
  void whatIsMadeToHarmIsAnError() throws IOException {
    Random random = new Random(9);
    DataChunk chunk = chunk(TypedCases.SCHEMA, new TypedCases(1).rows(40));
    ByteBuffer plain = DataFile.buffer((int) DataChunkFormat.size(chunk));
    DataChunkFormat.write(chunk, plain);
    int refused = 0;
    for (int each = 0; each < 3000; each++) {
      byte[] changed = plain.array().clone();
      for (int change = 0; change <= random.nextInt(3); change++) {
        // Most in the head, where places are.
        int at = random.nextInt(random.nextBoolean() ? 260 : changed.length);
        changed[at] = (byte) (random.nextBoolean() ? random.nextInt() : 0xFF);
      }
      writeBlock(changed, chunk.rows());
      try {
        this.data
            .from(file())
            .derive("u", "upper(s) || trim(t) || substr(s, 2)")
            .derive("x", "try(d * 1000) is null or try(day + 1) is null")
            .filter("s like '%_a' or true")
            .sort("s", "w")
            .toMaps();
      } catch (DataException damaged) {
        assertThat(damaged.reason()).isEqualTo(DataException.Reason.DAMAGED);
        refused++;
      }
    }
    assertThat(refused).isBetween(1000, 2999);
  }

  private static DataChunk chunk(DataSchema schema, List<Map<String, Object>> rows) {
    DataChunkBuilder builder = new DataChunkBuilder(schema.types(), rows.size());
    for (Map<String, Object> row : rows) {
      for (int place = 0; place < schema.size(); place++) {
        DataField field = schema.fields().get(place);
        DataValues.add(builder.columns.get(place), field.type(), row.get(field.name()));
      }
      builder.endRow();
    }
    return builder.build();
  }

  private void writeBlock(byte[] block, long rows) throws IOException {
    List<byte[]> parts = new ArrayList<>();
    ByteBuffer head = DataFile.head(TypedCases.SCHEMA);
    parts.add(Arrays.copyOf(head.array(), head.limit()));
    parts.add(blockHead(block.length, block.length, rows, DataFile.checksum(block, block.length)));
    parts.add(block);
    parts.add(blockHead(0, 0, rows, 0));
    ByteBuffer all = ByteBuffer.allocate(parts.stream().mapToInt(part -> part.length).sum());
    parts.forEach(all::put);
    Files.write(file(), all.array());
  }

  private static byte[] blockHead(int length, int size, long rows, int checksum) {
    return ByteBuffer.allocate(DataFile.BLOCK_HEAD)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt(length)
        .putInt(size)
        .putLong(rows)
        .putInt(checksum)
        .array();
  }

  @Test
  void noBlockAsksForMoreThanItCanBe() throws IOException {
    ByteBuffer head = DataFile.head(SCHEMA);
    byte[] columns = Arrays.copyOf(head.array(), head.limit());
    for (int[] lengths :
        new int[][] {
          {100, Integer.MAX_VALUE}, {100, 1 << 28}, {1 << 28, 1 << 28}, {-1, 100}, {100, 50}, {0, 9}
        }) {
      byte[] block = blockHead(lengths[0], lengths[1], 10, 0);
      ByteBuffer all = ByteBuffer.allocate(columns.length + block.length + 200);
      Files.write(file(), all.put(columns).put(block).array());
      DataPipeline rows = this.data.from(file());
      assertThat(failure(rows::toMaps)).hasMessageContaining("a block can't be so long");
    }
  }

  @Test
  void moreRowsThanABlockHasBecomeSeveral() {
    DataSchema texts = DataSchema.builder().text("t").build();
    DataProcessor wide =
        DataProcessor.of(this.runtime.manager(), DataSettings.DEFAULTS.withChunkRows(1 << 16));
    DataPipeline same = wide.from(texts, Collections.nCopies(1000, Map.of("t", "x".repeat(100))));
    // More pairs than a block has rows.
    assertThat(same.join(same, DataJoin.INNER, "t").limit(200_000).writeTo(file()))
        .isEqualTo(200_000);
    assertThat(wide.from(file()).groupBy().aggregate(count()).toMaps())
        .containsExactly(Map.of("count", 200_000L));
  }
}
