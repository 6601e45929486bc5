package io.github.wasmspring.benchmarks.studies;

import io.github.wasmspring.WasmExecutionMode;
import io.github.wasmspring.runtime.WasmRuntime;
import io.github.wasmspring.vector.VectorDocument;
import io.github.wasmspring.vector.VectorIndex;
import io.github.wasmspring.vector.VectorIndexSettings;
import io.github.wasmspring.vector.VectorIndexes;
import io.github.wasmspring.vector.VectorMatch;
import io.github.wasmspring.vector.VectorSearch;
import io.github.wasmspring.vector.VectorStorage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.Collectors;

/**
 * Recall of the ten nearest beside time, by the breadth of the search: our graph with floats and
 * with codes, the exact search, and Lucene's graph with as many links and candidates. Ours compares
 * with all vectors where a breadth times the links is more than there are.
 */
public final class VectorRecall {

  private static final int NEAREST = 10;
  private static final int QUERIES = 200;
  private static final int CLUSTERS = 200;
  private static final int[] BREADTHS = {10, 20, 40, 80, 160, 320, 640};
  private static final long BUDGET = 5L << 30;

  private final VectorIndexSettings.Graph graph;
  private final int dimensions;
  private final List<float[]> centres = new ArrayList<>();
  private final Random random = new Random(7);
  private final List<float[]> vectors = new ArrayList<>();
  private final List<float[]> queries = new ArrayList<>();
  private final List<Set<Integer>> nearest = new ArrayList<>();

  private VectorRecall(
      int count, int dimensions, boolean clustered, VectorIndexSettings.Graph graph) {
    this.graph = graph;
    this.dimensions = dimensions;
    for (int each = 0; clustered && each < CLUSTERS; each++) {
      this.centres.add(uniform());
    }
    for (int each = 0; each < count; each++) {
      this.vectors.add(vector());
    }
    for (int each = 0; each < QUERIES; each++) {
      this.queries.add(vector());
    }
  }

  /**
   * @param arguments how many vectors, of how many dimensions, {@code uniform} or {@code
   *     clustered}; then the links of each, and the candidates when it is linked
   */
  public static void main(String[] arguments) {
    int count = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 10_000;
    int dimensions = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 128;
    String data = arguments.length > 2 ? arguments[2] : "clustered";
    VectorIndexSettings.Graph defaults = VectorIndexSettings.Graph.DEFAULTS;
    VectorIndexSettings.Graph graph =
        new VectorIndexSettings.Graph(
            arguments.length > 3 ? Integer.parseInt(arguments[3]) : defaults.m(),
            arguments.length > 4 ? Integer.parseInt(arguments[4]) : defaults.construction(),
            defaults.search(),
            defaults.seed());
    System.out.printf(
        Locale.ROOT,
        "%,d vectors of %d dimensions, %s; m %d, construction %d; JDK %s%n%n",
        count,
        dimensions,
        data,
        graph.m(),
        graph.construction(),
        Runtime.version());
    System.out.println(
        "| index | breadth | recall@10 | µs a query | built in s | bytes a vector |");
    System.out.println("|---|--:|--:|--:|--:|--:|");
    new VectorRecall(count, dimensions, data.equals("clustered"), graph).run();
  }

  private float[] vector() {
    return this.centres.isEmpty()
        ? uniform()
        : around(this.centres.get(this.random.nextInt(this.centres.size())));
  }

  private float[] uniform() {
    float[] vector = new float[this.dimensions];
    for (int at = 0; at < vector.length; at++) {
      vector[at] = this.random.nextFloat() * 2 - 1;
    }
    return vector;
  }

  private float[] around(float[] centre) {
    float[] vector = centre.clone();
    for (int at = 0; at < vector.length; at++) {
      vector[at] += (float) this.random.nextGaussian() * 0.3f;
    }
    return vector;
  }

  private void run() {
    VectorIndexSettings.Builder settings =
        VectorIndexSettings.dimensions(this.dimensions).executionMode(WasmExecutionMode.WASM);
    try (WasmRuntime runtime =
            WasmRuntime.builder().installedModules().memoryBudget(BUDGET).build();
        VectorIndexes indexes = VectorIndexes.of(runtime.manager())) {
      exact(indexes, settings.build());
      graph(indexes, "graph, floats", settings.graph(this.graph).build());
      graph(indexes, "graph, codes", settings.storage(VectorStorage.INT8).build());
    }
    long start = System.nanoTime();
    LuceneGraph lucene =
        new LuceneGraph(this.vectors, this.graph.m(), this.graph.construction(), this.graph.seed());
    double seconds = (System.nanoTime() - start) / 1e9;
    long bytes = lucene.bytesOfLinks() / this.vectors.size() + (long) this.dimensions * Float.BYTES;
    for (int breadth : BREADTHS) {
      print(
          "Lucene",
          breadth,
          query -> set(lucene.search(this.queries.get(query), NEAREST, breadth)),
          seconds,
          bytes);
    }
  }

  private void exact(VectorIndexes indexes, VectorIndexSettings settings) {
    long start = System.nanoTime();
    VectorIndex index = filled(indexes, settings);
    double seconds = (System.nanoTime() - start) / 1e9;
    for (float[] query : this.queries) {
      this.nearest.add(set(index.search(VectorSearch.nearest(query))));
    }
    print(
        "exact",
        0,
        query -> set(index.search(VectorSearch.nearest(this.queries.get(query)))),
        seconds,
        settings.bytesPerVector());
    indexes.drop(index.name());
  }

  private void graph(VectorIndexes indexes, String label, VectorIndexSettings settings) {
    long start = System.nanoTime();
    VectorIndex index = filled(indexes, settings);
    double seconds = (System.nanoTime() - start) / 1e9;
    long bytes = index.stats().guestBytes() / this.vectors.size();
    for (int breadth : BREADTHS) {
      print(
          label,
          breadth,
          query ->
              set(index.search(VectorSearch.of(this.queries.get(query)).breadth(breadth).build())),
          seconds,
          bytes);
    }
    indexes.drop(index.name());
  }

  private VectorIndex filled(VectorIndexes indexes, VectorIndexSettings settings) {
    VectorIndex index = indexes.create("measured", settings);
    List<VectorDocument> documents = new ArrayList<>();
    for (int each = 0; each < this.vectors.size(); each++) {
      documents.add(new VectorDocument(Integer.toString(each), this.vectors.get(each)));
    }
    index.addAll(documents);
    return index;
  }

  private static Set<Integer> set(List<VectorMatch> matches) {
    return matches.stream()
        .map(match -> Integer.valueOf(match.id()))
        .collect(Collectors.toCollection(HashSet::new));
  }

  private static Set<Integer> set(int[] numbers) {
    return Arrays.stream(numbers).boxed().collect(Collectors.toCollection(HashSet::new));
  }

  /** Once to warm up, then once to measure, of which the median counts. */
  private void print(
      String label, int breadth, IntFunction<Set<Integer>> search, double seconds, long bytes) {
    int found = 0;
    for (int query = 0; query < QUERIES; query++) {
      Set<Integer> near = search.apply(query);
      near.retainAll(this.nearest.get(query));
      found += near.size();
    }
    int hits = 0;
    long[] nanos = new long[QUERIES];
    for (int query = 0; query < QUERIES; query++) {
      long start = System.nanoTime();
      hits += search.apply(query).size();
      nanos[query] = System.nanoTime() - start;
    }
    if (hits < found) {
      throw new IllegalStateException("A search answers less when it is asked again");
    }
    Arrays.sort(nanos);
    double micros = nanos[QUERIES / 2] / 1e3;
    System.out.printf(
        Locale.ROOT,
        "| %s | %s | %.3f | %,.0f | %.1f | %,d |%n",
        label,
        breadth == 0 ? "" : breadth,
        found / (double) (NEAREST * QUERIES),
        micros,
        seconds,
        bytes);
  }
}
