package io.github.wasmspring.vector;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wasmspring.WasmExecutionMode;
import io.github.wasmspring.runtime.WasmRuntime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How much of what is nearest a search in the graph finds. */
@Tag("once")
class GraphSearchTest {

  private static final int DIMENSIONS = 128;

  private final WasmRuntime runtime = WasmRuntime.withInstalledModules();
  private final VectorIndexes indexes = VectorIndexes.of(this.runtime.manager());

  @AfterEach
  void close() {
    this.indexes.close();
    this.runtime.close();
  }

  private VectorIndex index(int dimensions) {
    return this.indexes.create(
        "graph",
        VectorIndexSettings.dimensions(dimensions)
            .graph()
            .executionMode(WasmExecutionMode.WASM)
            .build());
  }

  private static double recall(
      VectorIndex index, Collection<VectorDocument> documents, RandomVectors queries, int breadth) {
    int found = 0;
    int count = 50;
    for (int each = 0; each < count; each++) {
      float[] query = queries.next();
      Set<String> expected =
          new HashSet<>(BruteForce.nearest(index.settings().metric(), documents, query, 10));
      List<VectorMatch> matches = index.search(VectorSearch.of(query).breadth(breadth).build());
      assertThat(matches).hasSize(10);
      found += (int) matches.stream().filter(match -> expected.contains(match.id())).count();
    }
    return found / (10.0 * count);
  }

  @Test
  void tenThousandClusteredVectors() {
    VectorIndex index = index(DIMENSIONS);
    RandomVectors vectors = RandomVectors.clustered(1, DIMENSIONS, 100);
    List<VectorDocument> documents = vectors.documents("d", 10_000);
    index.addAll(documents);
    assertThat(recall(index, documents, vectors, 0)).isGreaterThanOrEqualTo(0.95);
  }

  /** The hardest there is: in so many dimensions all are about as far from each other. */
  @Test
  void tenThousandUniformVectors() {
    VectorIndex index = index(DIMENSIONS);
    RandomVectors vectors = RandomVectors.uniform(2, DIMENSIONS);
    List<VectorDocument> documents = vectors.documents("d", 10_000);
    index.addAll(documents);
    assertThat(recall(index, documents, vectors, 400)).isGreaterThanOrEqualTo(0.95);
  }

  @ParameterizedTest
  @EnumSource(VectorStorage.class)
  void recallHoldsWhenEverythingHasBeenReplacedTwice(VectorStorage storage) {
    VectorIndex index =
        this.indexes.create(
            "churn",
            VectorIndexSettings.dimensions(32)
                .metric(VectorMetric.L2)
                .storage(storage)
                .graph()
                .executionMode(WasmExecutionMode.WASM)
                .build());
    RandomVectors vectors = RandomVectors.clustered(3, 32, 30);
    Map<String, VectorDocument> known = new LinkedHashMap<>();
    vectors.documents("d", 4000).forEach(document -> known.put(document.id(), document));
    index.addAll(known.values());
    double before = recall(index, known.values(), vectors, 100);
    Random random = new Random(4);
    for (int step = 0; step < 8000; step += 200) {
      List<VectorDocument> replaced = new ArrayList<>();
      List<String> removed = new ArrayList<>();
      for (int each = 0; each < 200; each++) {
        removed.add("d" + random.nextInt(4000));
        replaced.add(new VectorDocument("d" + random.nextInt(4000), vectors.next()));
      }
      index.removeAll(removed);
      removed.forEach(known::remove);
      index.upsertAll(replaced);
      replaced.forEach(document -> known.put(document.id(), document));
    }
    assertThat(index.size()).isEqualTo(known.size());
    double after = recall(index, known.values(), vectors, 100);
    assertThat(before).isGreaterThanOrEqualTo(0.97);
    assertThat(after).isGreaterThanOrEqualTo(0.97);
  }

  @Test
  void theLastOfAllIsFoundHoweverManyWereRemoved() {
    VectorIndex index = index(16);
    RandomVectors vectors = RandomVectors.uniform(5, 16);
    List<VectorDocument> documents = vectors.documents("d", 1000);
    index.addAll(documents);
    Random random = new Random(6);
    List<VectorDocument> left = new ArrayList<>(documents);
    while (!left.isEmpty()) {
      index.remove(left.remove(random.nextInt(left.size())).id());
      int count = Math.min(10, left.size());
      assertThat(
              index.search(
                  VectorSearch.of(vectors.next())
                      .maxResults(10)
                      .filtering(VectorFiltering.POST)
                      .filter(VectorFilter.and())
                      .build()))
          .hasSize(count);
    }
    index.addAll(documents);
    assertThat(recall(index, documents, vectors, 100)).isGreaterThan(0.95);
  }

  @Test
  void equalVectorsAreAllReachable() {
    VectorIndex index = index(4);
    List<VectorDocument> documents = new ArrayList<>();
    for (int each = 0; each < 3000; each++) {
      documents.add(new VectorDocument("d" + each, new float[] {1, 1, 1, 1 + each / 1500}));
    }
    index.addAll(documents);
    assertThat(
            index.search(
                VectorSearch.of(new float[] {1, 1, 1, 1}).maxResults(10).breadth(20).build()))
        .hasSize(10)
        .allSatisfy(match -> assertThat(match.score()).isEqualTo(1f));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 5, 30, 60, 95})
  void filtersFindWhatTheyLetThrough(int percent) {
    VectorIndex index = index(32);
    RandomVectors vectors = RandomVectors.clustered(7, 32, 20);
    Random random = new Random(8);
    List<VectorDocument> documents = new ArrayList<>();
    for (VectorDocument document : vectors.documents("d", 5000)) {
      documents.add(
          new VectorDocument(
              document.id(), document.vector(), Map.of("share", random.nextInt(100))));
    }
    index.addAll(documents);
    VectorFilter filter = VectorFilter.lt("share", percent);
    List<VectorDocument> let =
        documents.stream().filter(document -> filter.test(document.metadata())).toList();
    for (VectorFiltering filtering : VectorFiltering.values()) {
      int found = 0;
      for (int each = 0; each < 30; each++) {
        float[] query = vectors.next();
        List<String> expected = BruteForce.nearest(VectorMetric.COSINE, let, query, 10);
        List<VectorMatch> matches =
            index.search(VectorSearch.of(query).filter(filter).filtering(filtering).build());
        assertThat(matches).hasSize(10).allMatch(match -> filter.test(match.metadata()));
        found += (int) matches.stream().filter(match -> expected.contains(match.id())).count();
      }
      assertThat(found / 300.0).as("%s %d %%", filtering, percent).isGreaterThan(0.95);
    }
  }

  @Test
  void theSameDocumentsMakeTheSameGraph() {
    RandomVectors vectors = RandomVectors.uniform(9, 24);
    List<VectorDocument> documents = vectors.documents("d", 3000);
    VectorIndexSettings settings = VectorIndexSettings.dimensions(24).graph().build();
    VectorIndex one = this.indexes.create("one", settings);
    VectorIndex other = this.indexes.create("other", settings);
    one.addAll(documents);
    documents.forEach(other::add);
    for (int each = 0; each < 50; each++) {
      VectorSearch search = VectorSearch.of(vectors.next()).breadth(12).build();
      assertThat(one.search(search)).isEqualTo(other.search(search));
    }
  }
}
