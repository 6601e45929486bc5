package io.github.wasmspring.vector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.WasmException;
import io.github.wasmspring.WasmExecutionMode;
import io.github.wasmspring.client.WasmSession;
import io.github.wasmspring.runtime.WasmRuntime;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What can't be is refused with what to do about it, and the index goes on. */
class HostileVectorsTest {

  private final WasmRuntime runtime =
      WasmRuntime.builder().installedModules().memoryBudget(64L << 20).build();
  private final VectorIndexes indexes = VectorIndexes.of(this.runtime.manager());
  private VectorIndex index;

  @BeforeEach
  void fill() {
    this.index =
        this.indexes.create(
            "hostile",
            VectorIndexSettings.dimensions(3)
                .graph()
                .executionMode(WasmExecutionMode.WASM)
                .build());
    this.index.add(new VectorDocument("kept", new float[] {1, 0, 0}));
  }

  @AfterEach
  void close() {
    assertThat(this.index.search(VectorSearch.nearest(new float[] {1, 0, 0}))).hasSize(1);
    assertThat(this.index.stats().lostCopies()).isZero();
    this.indexes.close();
    assertThat(this.runtime.usedMemory()).isZero();
    this.runtime.close();
  }

  private void refused(VectorDocument document, String why) {
    assertThatThrownBy(() -> this.index.upsert(document))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(why);
    assertThat(this.index.size()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 2, 4, 100_000})
  void otherDimensions(int dimensions) {
    refused(new VectorDocument("d", new float[dimensions]), dimensions + " dimensions");
    assertThatThrownBy(() -> this.index.search(VectorSearch.nearest(new float[dimensions])))
        .hasMessageContaining("'hostile'")
        .hasMessageContaining("the index has 3");
  }

  @ParameterizedTest
  @ValueSource(
      floats = {
        Float.NaN,
        Float.POSITIVE_INFINITY,
        Float.NEGATIVE_INFINITY,
        Float.MAX_VALUE,
        1e19f
      })
  void numbersThatCanNotBeCompared(float number) {
    refused(new VectorDocument("d", new float[] {1, number, 1}), "compared");
    assertThatThrownBy(() -> this.index.search(VectorSearch.nearest(new float[] {number, 0, 0})))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void vectorsWithoutADirection() {
    refused(new VectorDocument("d", new float[3]), "no direction");
    refused(new VectorDocument("d", new float[] {Float.MIN_VALUE, 0, 0}), "no direction");
    assertThatThrownBy(() -> this.index.search(VectorSearch.nearest(new float[3])))
        .hasMessageContaining("no direction");
  }

  @ParameterizedTest
  @EnumSource(VectorStorage.class)
  void theLeastAndTheLargestNumbersThatCanBeCompared(VectorStorage storage) {
    for (VectorMetric metric : List.of(VectorMetric.DOT, VectorMetric.L2)) {
      VectorIndex edge =
          this.indexes.create(
              "edge" + metric,
              VectorIndexSettings.dimensions(2)
                  .metric(metric)
                  .storage(storage)
                  .executionMode(WasmExecutionMode.WASM)
                  .build());
      edge.add(new VectorDocument("zero", new float[2]));
      edge.add(new VectorDocument("least", new float[] {Float.MIN_VALUE, -Float.MIN_VALUE}));
      edge.add(new VectorDocument("large", new float[] {3e18f, 0}));
      edge.add(new VectorDocument("opposite", new float[] {-3e18f, 0}));
      assertThat(edge.search(VectorSearch.nearest(new float[] {3e18f, 0})))
          .hasSize(4)
          .allMatch(match -> Float.isFinite(match.score()))
          .first()
          .extracting(VectorMatch::id)
          .isEqualTo("large");
      this.indexes.drop(edge.name());
    }
  }

  @Test
  void idsAndMetadata() {
    refused(new VectorDocument("", new float[] {1, 1, 1}), "1 to 512 characters");
    refused(new VectorDocument("x".repeat(513), new float[] {1, 1, 1}), "not 513");
    assertThatThrownBy(() -> new VectorDocument(null, new float[3]))
        .hasMessageContaining("needs an id");
    Map<String, Object> unknown = Map.of("thread", Thread.currentThread());
    refused(new VectorDocument("d", new float[] {1, 1, 1}, unknown), "java.lang.Thread");
    Map<String, Object> nothing = new HashMap<>();
    nothing.put("key", null);
    refused(new VectorDocument("d", new float[] {1, 1, 1}, nothing), "'key'");
    Object deep = 1;
    for (int level = 0; level < 10_000; level++) {
      deep = List.of(deep);
    }
    refused(new VectorDocument("d", new float[] {1, 1, 1}, Map.of("deep", deep)), "nested");
    Map<String, Object> long_ = Map.of("n", new BigDecimal("1e1000000000"));
    refused(new VectorDocument("d", new float[] {1, 1, 1}, long_), "digits");
    assertThatThrownBy(() -> this.index.similar("none", 3))
        .isInstanceOf(NoSuchElementException.class)
        .hasMessageContaining("'none'");
    assertThat(this.index.remove("none")).isFalse();
    assertThatThrownBy(() -> this.index.remove(null)).hasMessageContaining("id");
  }

  @Test
  void whatIsChangedAfterwardsDoesNotMatter() {
    float[] vector = {0, 1, 0};
    Map<String, Object> metadata = new HashMap<>(Map.of("a", 1));
    this.index.add(new VectorDocument("own", vector, metadata));
    Arrays.fill(vector, Float.NaN);
    metadata.clear();
    assertThat(this.index.get("own").orElseThrow().vector()).containsExactly(0, 1, 0);
    assertThat(this.index.get("own").orElseThrow().metadata()).isEqualTo(Map.of("a", 1));
    assertThat(this.index.remove("own")).isTrue();
  }

  @Test
  void aBatchThatCanNotBeKeptIsNotKeptInPart() {
    VectorDocument sound = new VectorDocument("new", new float[] {0, 1, 0});
    VectorDocument known = new VectorDocument("kept", new float[] {0, 1, 0});
    assertThatThrownBy(() -> this.index.addAll(List.of(sound, known)))
        .hasMessageContaining("'kept'")
        .hasMessageContaining("upsert");
    assertThatThrownBy(() -> this.index.addAll(List.of(sound, sound)))
        .hasMessageContaining("'new'");
    assertThat(this.index.size()).isEqualTo(1);
    assertThat(this.index.get("new")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4096, 4097, 1_000_000, Integer.MAX_VALUE})
  void anyNumberOfResults(int count) {
    assertThat(this.index.search(VectorSearch.of(new float[] {1, 1, 1}).maxResults(count).build()))
        .hasSize(1);
    assertThat(this.index.similar("kept", count)).isEmpty();
    assertThatThrownBy(() -> this.index.similar("kept", 0)).hasMessageContaining("maxResults");
  }

  @Test
  void theLimitOfTheIndex() {
    VectorIndexSettings.Builder settings =
        VectorIndexSettings.dimensions(3).executionMode(WasmExecutionMode.WASM);
    int each = settings.build().bytesPerVector();
    VectorIndex small = this.indexes.create("small", settings.memoryLimit(10L * each).build());
    small.addAll(RandomVectors.uniform(1, 3).documents("d", 10));
    fullAt(small, 10);
    small.remove("d3");
    small.add(new VectorDocument("again", new float[] {1, 2, 3}));
    assertThat(small.similar("again", 20)).hasSize(9);
    this.indexes.drop("small");
  }

  @Test
  void theLimitOfTheIndexHoldsForItsCapacity() {
    VectorIndexSettings.Builder settings = VectorIndexSettings.dimensions(3);
    int each = settings.build().bytesPerVector();
    settings.memoryLimit(10L * each).capacity(10).build();
    assertThatThrownBy(() -> settings.capacity(11).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("capacity of 11 vectors")
        .hasMessageContaining("memory limit");
  }

  @Test
  void theLimitOfTheIndexHoldsForWhatIsRestored(@TempDir Path folder) {
    Path file = folder.resolve("large.vectors");
    VectorIndexSettings.Builder settings =
        VectorIndexSettings.dimensions(3).executionMode(WasmExecutionMode.WASM);
    VectorIndex large = this.indexes.create("large", settings.build());
    large.addAll(RandomVectors.uniform(1, 3).documents("d", 11));
    large.snapshot(file);
    int each = settings.build().bytesPerVector();
    VectorIndex small = this.indexes.create("small", settings.memoryLimit(10L * each).build());
    small.add(new VectorDocument("kept", new float[] {1, 2, 3}));
    assertThatThrownBy(() -> small.restore(file))
        .isInstanceOfSatisfying(
            WasmException.class,
            full -> assertThat(full.category()).isEqualTo(WasmErrorCategory.MEMORY_LIMIT));
    assertThat(small.get("kept")).isPresent();
    assertThat(small.size()).isEqualTo(1);
  }

  @Test
  void theBudgetOfAll() {
    VectorIndex large =
        this.indexes.create(
            "large",
            VectorIndexSettings.dimensions(1024)
                .copies(2)
                .executionMode(WasmExecutionMode.WASM)
                .build());
    RandomVectors vectors = RandomVectors.uniform(1, 1024);
    int size = 0;
    while (size < 100_000) {
      try {
        large.addAll(vectors.documents("d" + size + "-", 500));
        size += 500;
      } catch (WasmException full) {
        assertThat(full.category()).isEqualTo(WasmErrorCategory.MEMORY_LIMIT);
        break;
      }
    }
    assertThat(size).isBetween(500, 99_000);
    fullAt(large, size);
    assertThat(large.search(VectorSearch.nearest(vectors.next()))).hasSize(10);
    assertThat(large.stats().copies()).isEqualTo(2);
    large.clear();
    large.addAll(vectors.documents("again", 500));
    assertThat(large.size()).isEqualTo(500);
    this.indexes.drop("large");
  }

  private static void fullAt(VectorIndex index, int size) {
    List<VectorDocument> more = new ArrayList<>();
    for (int each = 0; each < 1500; each++) {
      float[] vector = new float[index.settings().dimensions()];
      vector[0] = 1;
      more.add(new VectorDocument("more" + each, vector));
    }
    assertThatThrownBy(() -> index.addAll(more))
        .isInstanceOf(WasmException.class)
        .hasMessageContaining("'vector'")
        .hasMessageContaining("limits.memory");
    assertThat(index.size()).isEqualTo(size);
  }

  @Test
  void settingsThatCanNeverBe() {
    for (int dimensions : new int[] {-1, 0, 16385}) {
      assertThatThrownBy(() -> VectorIndexSettings.dimensions(dimensions).build())
          .hasMessageContaining("dimensions");
    }
    assertThatThrownBy(() -> VectorIndexSettings.dimensions(3).copies(0).build())
        .hasMessageContaining("copies");
    assertThatThrownBy(() -> new VectorIndexSettings.Graph(1, 1, 1, 1))
        .hasMessageContaining("links");
    for (String name : new String[] {"", "../up", "a/b", ".hidden", "x".repeat(101)}) {
      assertThatThrownBy(() -> this.indexes.create(name, this.index.settings()))
          .hasMessageContaining("name");
    }
    assertThatThrownBy(() -> this.indexes.create("hostile", this.index.settings()))
        .hasMessageContaining("already");
  }

  /** Whatever numbers the module is called with, it neither traps nor loops. */
  @Test
  void theModuleItself() {
    try (WasmSession session = this.runtime.manager().open(VectorModule.ID)) {
      assertThat((int) session.call("configure", -1, 0, 0, 0, 0, 0)[0]).isNegative();
      assertThat((int) session.call("reserve", 10, 0)[0]).isNegative();
      assertThat((int) session.call("configure", 4, 9, 0, 0, 0, 0)[0]).isNegative();
      assertThat((int) session.call("configure", 4, 0, 0, 8, 50, 1)[0]).isZero();
      assertThat((int) session.call("configure", 4, 0, 0, 8, 50, 1)[0]).isNegative();
      assertThat((int) session.call("reserve", 10, 10)[0]).isZero();
      assertThat((int) session.call("reserve", Integer.MAX_VALUE, 0)[0]).isNegative();
      for (int slot : new int[] {-1, 256, Integer.MAX_VALUE, Integer.MIN_VALUE}) {
        for (String export : new String[] {"put", "store", "remove", "links", "enter_at"}) {
          assertThat((int) session.call(export, slot)[0]).as(export).isNegative();
        }
        assertThat((int) session.call("link", slot, 5)[0]).isNegative();
      }
      assertThat((int) session.call("search", 0, 0, 0)[0]).isNegative();
      assertThat((int) session.call("search", 5000, 0, 0)[0]).isNegative();
      assertThat((int) session.call("search", 10, 0, 0)[0]).isZero();
      assertThat((int) session.call("store", 0)[0]).isZero();
      assertThat((int) session.call("link", 0, Integer.MAX_VALUE)[0]).isNegative();
      int results = (int) session.call("results")[0];
      session.memory().writeInt(results, 1_000_000);
      assertThat((int) session.call("link", 0, 5)[0]).isNegative();
      session.memory().writeInt(results, 0);
      session.memory().writeInt(results + 4, 1);
      session.memory().writeInt(results + 8, 100_000);
      assertThat((int) session.call("link", 0, 2)[0]).isNegative();
      assertThat((int) session.call("link", 0, 3)[0]).isZero();
      assertThat((int) session.call("links", 0)[0]).as("a link to nothing").isEqualTo(2);
    }
  }
}
