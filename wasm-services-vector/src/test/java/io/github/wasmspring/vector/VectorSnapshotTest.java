package io.github.wasmspring.vector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.wasmspring.runtime.WasmRuntime;
import io.github.wasmspring.vector.VectorSnapshotException.Reason;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class VectorSnapshotTest {

  private static final VectorIndexSettings GRAPH =
      VectorIndexSettings.dimensions(16).graph().build();

  private final WasmRuntime runtime = WasmRuntime.withInstalledModules();
  private final VectorIndexes indexes = VectorIndexes.of(this.runtime.manager());

  @TempDir private Path folder;

  private Path file;

  @BeforeEach
  void file() {
    this.file = this.folder.resolve("index.vectors");
  }

  @AfterEach
  void close() {
    this.indexes.close();
    this.runtime.close();
  }

  private VectorIndex filled(VectorIndexSettings settings) {
    VectorIndex index = this.indexes.create("filled", settings);
    index.addAll(RandomVectors.uniform(1, 16).documents("d", 2000));
    index.removeAll(List.of("d1", "d77", "d1999"));
    return index;
  }

  private static Reason reasonOf(Runnable action) {
    try {
      action.run();
    } catch (VectorSnapshotException failure) {
      return failure.reason();
    }
    throw new AssertionError("That did not fail");
  }

  @ParameterizedTest
  @EnumSource(VectorStorage.class)
  void whatComesBackAnswersAndGoesOnAsWhatWasKept(VectorStorage storage) {
    VectorIndexSettings settings =
        VectorIndexSettings.dimensions(16).storage(storage).graph().build();
    VectorIndex index = filled(settings);
    index.snapshot(this.file);
    VectorIndex other = this.indexes.create("other", settings);
    other.add(
        new VectorDocument(
            "forgotten", new float[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 1, 2, 3, 4, 5, 6}));
    other.restore(this.file);
    assertThat(other.size()).isEqualTo(1997);
    assertThat(other.get("forgotten")).isEmpty();
    RandomVectors vectors = RandomVectors.uniform(2, 16);
    List<VectorDocument> more = vectors.documents("more", 300);
    index.addAll(more);
    other.addAll(more);
    for (int each = 0; each < 50; each++) {
      VectorSearch search = VectorSearch.of(vectors.next()).breadth(11).build();
      assertThat(other.search(search)).isEqualTo(index.search(search));
    }
    assertThat(other.stats().wasmSearches()).isEqualTo(50);
  }

  @Test
  void aGraphIsMadeAnewWhereTheSnapshotHasAnother() {
    filled(VectorIndexSettings.dimensions(16).build()).snapshot(this.file);
    VectorIndex other = this.indexes.create("other", GRAPH);
    other.restore(this.file);
    assertThat(other.similar("d5", 3)).hasSize(3);
    assertThat(other.size()).isEqualTo(1997);
  }

  @Test
  void everyKindOfMetadataComesBack() {
    Map<String, Object> metadata =
        Map.ofEntries(
            Map.entry("text", "\ud800 lone, and long: " + "ä".repeat(70_000)),
            Map.entry("truth", true),
            Map.entry("int", 1),
            Map.entry("long", 1L << 40),
            Map.entry("double", 0.1),
            Map.entry("float", 0.1f),
            Map.entry("short", (short) 3),
            Map.entry("byte", (byte) 4),
            Map.entry("big", BigInteger.TEN.pow(50)),
            Map.entry("decimal", new BigDecimal("1.10")),
            Map.entry("instant", Instant.parse("2026-11-30T10:00:00.123456789Z")),
            Map.entry("date", LocalDate.of(2026, 11, 30)),
            Map.entry("list", List.of("a", 1, List.of())),
            Map.entry("map", Map.of("deep", Map.of("deeper", 1))));
    VectorIndex index = this.indexes.create("kinds", VectorIndexSettings.dimensions(1).build());
    index.add(new VectorDocument("\ud800", new float[] {1}, "text", metadata));
    index.add(new VectorDocument("plain", new float[] {2}));
    index.snapshot(this.file);
    index.clear();
    index.restore(this.file);
    assertThat(index.get("\ud800").orElseThrow().metadata()).isEqualTo(metadata);
    assertThat(index.get("\ud800").orElseThrow().text()).isEqualTo("text");
    assertThat(index.get("plain").orElseThrow().text()).isNull();
  }

  @Test
  void everyTruncationAndEveryKindOfDamageIsNoticed() throws IOException {
    VectorIndex index = this.indexes.create("small", GRAPH);
    index.addAll(RandomVectors.uniform(1, 16).documents("d", 20));
    index.snapshot(this.file);
    byte[] sound = Files.readAllBytes(this.file);
    Path damaged = this.folder.resolve("damaged.vectors");
    for (int length = 0; length < sound.length; length++) {
      Files.write(damaged, Arrays.copyOf(sound, length));
      assertThat(reasonOf(() -> index.restore(damaged))).isEqualTo(Reason.TRUNCATED);
    }
    Random random = new Random(1);
    for (int each = 0; each < 300; each++) {
      byte[] bytes = sound.clone();
      int at = each < 20 ? each : random.nextInt(bytes.length);
      bytes[at] ^= (byte) (1 << random.nextInt(8));
      Files.write(damaged, bytes);
      assertThat(reasonOf(() -> index.restore(damaged)))
          .isIn(Reason.CORRUPTED, Reason.OTHER_FORMAT, Reason.TRUNCATED);
    }
    Files.write(damaged, Arrays.copyOf(sound, sound.length + 1));
    assertThat(reasonOf(() -> index.restore(damaged))).isEqualTo(Reason.CORRUPTED);
    assertThat(index.size()).isEqualTo(20);
    assertThat(index.similar("d3", 5)).hasSize(5);
  }

  @Test
  void anIndexOfOtherDimensionsOrMetricRefusesIt() {
    filled(GRAPH).snapshot(this.file);
    VectorIndex narrow = this.indexes.create("narrow", VectorIndexSettings.dimensions(15).build());
    narrow.add(one());
    assertThatThrownBy(() -> narrow.restore(this.file))
        .isInstanceOf(VectorSnapshotException.class)
        .hasMessageContaining("16 dimensions")
        .hasMessageContaining("15");
    assertThat(narrow.size()).isEqualTo(1);
    VectorIndex other =
        this.indexes.create(
            "other", VectorIndexSettings.dimensions(16).metric(VectorMetric.L2).build());
    assertThat(reasonOf(() -> other.restore(this.file))).isEqualTo(Reason.OTHER_SETTINGS);
    assertThat(reasonOf(() -> other.restore(this.folder.resolve("none")))).isEqualTo(Reason.IO);
  }

  private static VectorDocument one() {
    float[] vector = new float[15];
    vector[3] = 1;
    return new VectorDocument("kept", vector);
  }

  @Test
  void whatCanNotBeWrittenLeavesTheOldFile() throws IOException {
    VectorIndex index = filled(GRAPH);
    index.snapshot(this.file);
    byte[] before = Files.readAllBytes(this.file);
    Path notAFolder = this.file.resolve("below");
    assertThat(reasonOf(() -> index.snapshot(notAFolder))).isEqualTo(Reason.IO);
    assertThat(Files.readAllBytes(this.file)).isEqualTo(before);
    try (var files = Files.list(this.folder)) {
      assertThat(files).containsExactly(this.file);
    }
  }

  @Test
  void allIndexesGoToADirectoryAndComeBackWithTheirSettings() {
    filled(GRAPH);
    this.indexes.create("empty", VectorIndexSettings.dimensions(3).build());
    this.indexes.snapshot(this.folder);
    this.indexes.drop("filled");
    this.indexes.drop("empty");
    assertThat(this.indexes.restore(this.folder)).containsExactly("empty", "filled");
    VectorIndex filled = this.indexes.find("filled").orElseThrow();
    assertThat(filled.size()).isEqualTo(1997);
    assertThat(filled.settings().graph()).isEqualTo(GRAPH.graph());
    assertThat(this.indexes.restore(this.folder.resolve("none"))).isEmpty();
  }

  @Test
  void anIndexThatIsClosedDoesNotHinderTheOthers() {
    this.indexes.create("a", GRAPH).close();
    filled(GRAPH);
    assertThatThrownBy(() -> this.indexes.snapshot(this.folder))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("'a'");
    VectorIndex other = this.indexes.create("other", GRAPH);
    other.restore(this.folder.resolve("filled.vectors"));
    assertThat(other.size()).isEqualTo(1997);
  }

  @Test
  void anOlderSnapshotNeverReplacesANewer() throws Exception {
    VectorIndex index = this.indexes.create("many", VectorIndexSettings.dimensions(1).build());
    AtomicInteger number = new AtomicInteger();
    Callable<Void> keeping =
        () -> {
          index.add(new VectorDocument("d" + number.getAndIncrement(), new float[] {1}));
          index.snapshot(this.file);
          return null;
        };
    ExecutorService threads = Executors.newFixedThreadPool(6);
    try {
      for (int round = 1; round <= 40; round++) {
        for (Future<Void> each : threads.invokeAll(Collections.nCopies(6, keeping))) {
          each.get();
        }
        assertThat(VectorSnapshot.read(this.file).entries()).hasSize(6 * round);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  /** A process that writes one snapshot after the other is killed at whatever it does. */
  @Test
  void aProcessThatIsKilledLeavesOneOrTheOther() throws Exception {
    for (int kill = 0; kill < 5; kill++) {
      List<String> command =
          new ArrayList<>(
              List.of(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-XX:TieredStopAtLevel=1",
                  "-cp",
                  System.getProperty("java.class.path"),
                  SnapshotWriter.class.getName(),
                  this.file.toString()));
      Process process =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
      try (var output = process.inputReader()) {
        // So many times it has written, and is writing again.
        for (int written = 0; written < 3 + kill; written++) {
          assertThat(output.readLine()).isNotNull();
        }
      } finally {
        process.destroyForcibly().waitFor();
      }
      VectorIndex index = this.indexes.getOrCreate("killed", SnapshotWriter.SETTINGS);
      index.restore(this.file);
      assertThat(index.size()).isIn(500, 1000);
    }
  }

  /** Writes snapshots of 500 and of 1,000 documents in turn, and says so each time. */
  static final class SnapshotWriter {

    static final VectorIndexSettings SETTINGS = VectorIndexSettings.dimensions(64).build();

    public static void main(String[] arguments) {
      Path file = Path.of(arguments[0]);
      List<VectorDocument> documents = RandomVectors.uniform(1, 64).documents("d", 1000);
      try (WasmRuntime runtime = WasmRuntime.withInstalledModules();
          VectorIndexes indexes = VectorIndexes.of(runtime.manager())) {
        VectorIndex all = indexes.create("all", SETTINGS);
        VectorIndex half = indexes.create("half", SETTINGS);
        all.addAll(documents);
        half.addAll(documents.subList(0, 500));
        for (int written = 0; written < 10_000; written++) {
          (written % 2 == 0 ? all : half).snapshot(file);
          System.out.println("written");
        }
      }
    }
  }
}
