package io.github.wasmspring.vector;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wasmspring.WasmExecutionMode;
import io.github.wasmspring.runtime.WasmRuntime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The exact search is brute force, bit for bit, whoever does it. */
class ExactSearchTest {

  private final WasmRuntime runtime = WasmRuntime.withInstalledModules();
  private final VectorIndexes indexes = VectorIndexes.of(this.runtime.manager());

  @AfterEach
  void close() {
    this.indexes.close();
    this.runtime.close();
  }

  private static float[] vector(Random random, int dimensions) {
    float[] vector = new float[dimensions];
    for (int at = 0; at < dimensions; at++) {
      // Few different numbers, so that many scores are equal, and the sign of zero matters.
      vector[at] = random.nextInt(5) - 2;
    }
    if (random.nextBoolean()) {
      vector[random.nextInt(dimensions)] = random.nextFloat() * 1000;
    }
    vector[0] = vector[0] == 0 ? 1 : vector[0];
    return vector;
  }

  @ParameterizedTest
  @EnumSource(VectorMetric.class)
  void moduleJavaAndDefinitionAgree(VectorMetric metric) {
    Random random = new Random(metric.ordinal());
    for (int dimensions : new int[] {1, 2, 3, 7, 8, 9, 17, 64, 100}) {
      VectorIndexSettings.Builder settings = VectorIndexSettings.dimensions(dimensions);
      settings.metric(metric);
      VectorIndex wasm =
          this.indexes.create(
              "wasm" + dimensions, settings.executionMode(WasmExecutionMode.WASM).build());
      VectorIndex java =
          this.indexes.create(
              "java" + dimensions, settings.executionMode(WasmExecutionMode.JAVA).build());
      Map<String, VectorDocument> known = new HashMap<>();
      for (int step = 0; step < 400; step++) {
        String id = Integer.toString(random.nextInt(300), 36);
        if (random.nextInt(4) == 0) {
          boolean there = known.remove(id) != null;
          assertThat(wasm.remove(id)).isEqualTo(there);
          assertThat(java.remove(id)).isEqualTo(there);
        } else {
          VectorDocument document =
              new VectorDocument(id, vector(random, dimensions), Map.of("n", random.nextInt(10)));
          known.put(id, document);
          wasm.upsert(document);
          java.upsert(document);
        }
        if (step % 20 == 0) {
          compare(metric, known, wasm, java, random, dimensions);
        }
      }
      assertThat(wasm.size()).isEqualTo(java.size()).isEqualTo(known.size());
    }
    assertThat(this.indexes.find("wasm8").orElseThrow().stats().wasmSearches()).isPositive();
    assertThat(this.indexes.find("wasm8").orElseThrow().stats().javaSearches()).isZero();
    assertThat(this.indexes.find("java8").orElseThrow().stats().wasmSearches()).isZero();
  }

  private static void compare(
      VectorMetric metric,
      Map<String, VectorDocument> known,
      VectorIndex wasm,
      VectorIndex java,
      Random random,
      int dimensions) {
    float[] query = vector(random, dimensions);
    List<VectorMatch> all = BruteForce.ranked(metric, known.values(), query);
    for (int count : new int[] {1, 5, 1000, 1_000_000_000}) {
      List<VectorMatch> expected = all.stream().limit(count).toList();
      VectorSearch search = VectorSearch.of(query).maxResults(count).build();
      assertThat(wasm.search(search)).isEqualTo(expected);
      assertThat(java.search(search)).isEqualTo(expected);
    }
    if (all.isEmpty()) {
      return;
    }
    float threshold = all.get(all.size() / 2).score();
    VectorFilter filter = VectorFilter.lt("n", 4);
    VectorSearch search =
        VectorSearch.of(query).maxResults(7).threshold(threshold).filter(filter).build();
    List<VectorMatch> expected =
        all.stream()
            .filter(match -> match.score() >= threshold && filter.test(match.metadata()))
            .limit(7)
            .toList();
    assertThat(wasm.search(search)).isEqualTo(expected);
    assertThat(java.search(search)).isEqualTo(expected);
  }

  /** More than the module collects at once. */
  @Test
  void thousandsOfEqualVectorsComeByTheirIds() {
    VectorIndex index = this.indexes.create("equal", VectorIndexSettings.dimensions(3).build());
    List<VectorDocument> documents = new ArrayList<>();
    for (int each = 0; each < 9000; each++) {
      documents.add(new VectorDocument("d" + (8999 - each), new float[] {1, 2, 3}));
    }
    index.addAll(documents);
    List<String> sorted = documents.stream().map(VectorDocument::id).sorted().toList();
    for (int count : new int[] {3, 4096, 5000, 9000}) {
      assertThat(index.search(VectorSearch.of(new float[] {1, 2, 4}).maxResults(count).build()))
          .extracting(VectorMatch::id)
          .isEqualTo(sorted.subList(0, count));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {16, 100})
  void codesFindWhatIsNearAndScoreItExactly(int dimensions) {
    RandomVectors vectors = RandomVectors.uniform(5, dimensions);
    for (VectorMetric metric : VectorMetric.values()) {
      VectorIndex index =
          this.indexes.create(
              metric.name(),
              VectorIndexSettings.dimensions(dimensions)
                  .metric(metric)
                  .storage(VectorStorage.INT8)
                  .executionMode(WasmExecutionMode.WASM)
                  .build());
      List<VectorDocument> documents = vectors.documents("d", 2000);
      index.addAll(documents);
      int found = 0;
      for (int each = 0; each < 50; each++) {
        float[] query = vectors.next();
        List<VectorMatch> expected = BruteForce.ranked(metric, documents, query).subList(0, 10);
        List<VectorMatch> matches = index.search(VectorSearch.nearest(query));
        assertThat(matches).hasSize(10);
        found += (int) matches.stream().filter(expected::contains).count();
      }
      assertThat(found).as(metric.name()).isGreaterThan(490);
    }
  }
}
