package io.github.wasmspring.vector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.WasmException;
import io.github.wasmspring.runtime.WasmRuntime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Many readers and a writer. */
@Timeout(120)
class VectorConcurrencyTest {

  private static final int GROUP = 20;

  private final WasmRuntime runtime = WasmRuntime.withInstalledModules();
  private final VectorIndexes indexes = VectorIndexes.of(this.runtime.manager());
  private final ExecutorService threads = Executors.newCachedThreadPool();

  @AfterEach
  void close() throws InterruptedException {
    this.threads.shutdown();
    assertThat(this.threads.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
    this.indexes.close();
    assertThat(this.runtime.usedMemory()).isZero();
    this.runtime.close();
  }

  /** All documents of a generation are replaced at once, so that no answer has two of them. */
  private static List<VectorDocument> generation(int number) {
    List<VectorDocument> documents = new ArrayList<>();
    for (int each = 0; each < GROUP; each++) {
      documents.add(
          new VectorDocument(
              "d" + each, new float[] {1, each, number}, Map.of("generation", number)));
    }
    return documents;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void aReaderSeesWholeWritesAndNeverAnOlderOne(int copies) throws Exception {
    VectorIndexSettings.Builder settings = VectorIndexSettings.dimensions(3).copies(copies);
    VectorIndex index = this.indexes.create("generations", settings.graph().build());
    index.addAll(generation(0));
    AtomicBoolean done = new AtomicBoolean();
    List<Future<Integer>> readers = new ArrayList<>();
    for (int each = 0; each < 3; each++) {
      boolean filtered = each == 0;
      readers.add(this.threads.submit(() -> read(index, done, filtered)));
    }
    for (int number = 1; number <= 150; number++) {
      index.upsertAll(generation(number));
    }
    done.set(true);
    for (Future<Integer> reader : readers) {
      assertThat(reader.get()).isPositive();
    }
    assertThat(index.search(VectorSearch.nearest(new float[] {1, 0, 0})))
        .allMatch(match -> match.metadata().get("generation").equals(150));
    assertThat(index.stats().copies()).isEqualTo(copies);
    assertThat(index.stats().lostCopies()).isZero();
  }

  private static int read(VectorIndex index, AtomicBoolean done, boolean filtered) {
    int last = 0;
    int searches = 0;
    VectorSearch search =
        VectorSearch.of(new float[] {1, 1, 1})
            .maxResults(100)
            .filter(filtered ? VectorFilter.exists("generation") : null)
            .build();
    do {
      List<VectorMatch> matches = index.search(search);
      assertThat(matches).hasSize(GROUP);
      assertThat(matches.stream().map(match -> match.metadata().get("generation")).distinct())
          .hasSize(1);
      int seen = (int) matches.get(0).metadata().get("generation");
      assertThat(seen).isGreaterThanOrEqualTo(last);
      last = seen;
      searches++;
    } while (!done.get());
    return searches;
  }

  /** What a search is interrupted in goes on, and its instance with it. */
  @Test
  void whoIsInterruptedLosesNothing() throws Exception {
    VectorIndex index = this.indexes.create("patience", VectorIndexSettings.dimensions(64).build());
    RandomVectors vectors = RandomVectors.uniform(1, 64);
    index.addAll(vectors.documents("d", 3000));
    float[] query = vectors.next();
    for (int each = 0; each < 100; each++) {
      CountDownLatch started = new CountDownLatch(1);
      Callable<List<VectorMatch>> searching =
          () -> {
            started.countDown();
            for (; ; ) {
              index.search(VectorSearch.nearest(query));
            }
          };
      Future<List<VectorMatch>> searcher = this.threads.submit(searching);
      started.await();
      searcher.cancel(true);
    }
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> index.search(VectorSearch.nearest(query)))
        .isInstanceOfSatisfying(
            WasmException.class,
            failure -> assertThat(failure.category()).isEqualTo(WasmErrorCategory.INTERRUPTED));
    index.add(new VectorDocument("more", query));
    assertThat(Thread.interrupted()).isTrue();
    assertThat(index.search(VectorSearch.nearest(query)).get(0).id()).isEqualTo("more");
    assertThat(index.stats().lostCopies()).isZero();
    assertThat(index.stats().javaSearches()).isZero();
  }

  /** Code of the module that is replaced takes the instances away from sessions in the end. */
  @Test
  void copiesThatAreTakenAwayAreMadeAgain() throws Exception {
    VectorIndex index =
        this.indexes.create("taken", VectorIndexSettings.dimensions(16).graph().copies(2).build());
    RandomVectors vectors = RandomVectors.uniform(1, 16);
    List<VectorDocument> documents = vectors.documents("d", 2000);
    index.addAll(documents);
    ((DefaultVectorIndex) index).breakCopies();
    float[] query = vectors.next();
    List<VectorMatch> expected =
        BruteForce.ranked(VectorMetric.COSINE, documents, query).subList(0, 10);
    // Whoever answers, a module or Java, all is there.
    for (int each = 0; each < 5; each++) {
      assertThat(index.search(VectorSearch.of(query).exact().build())).isEqualTo(expected);
    }
    index.add(new VectorDocument("later", query));
    assertThat(index.stats().lostCopies()).isEqualTo(2);
    long before = index.stats().wasmSearches();
    while (index.stats().copies() < 2) {
      // Comes when the writer before it is done.
      Thread.onSpinWait();
    }
    assertThat(index.search(VectorSearch.nearest(query)).get(0).id()).isEqualTo("later");
    assertThat(index.stats().wasmSearches()).isGreaterThan(before);
  }

  @Test
  void closingWaitsForReadersAndThenNothingAnswers() throws Exception {
    VectorIndex index = this.indexes.create("closed", VectorIndexSettings.dimensions(3).build());
    index.addAll(generation(1));
    CountDownLatch started = new CountDownLatch(3);
    List<Future<?>> readers = new ArrayList<>();
    for (int each = 0; each < 3; each++) {
      readers.add(
          this.threads.submit(
              () -> {
                started.countDown();
                for (; ; ) {
                  index.search(VectorSearch.nearest(new float[] {1, 1, 1}));
                }
              }));
    }
    started.await();
    this.indexes.drop("closed");
    for (Future<?> reader : readers) {
      assertThatThrownBy(reader::get).hasRootCauseInstanceOf(IllegalStateException.class);
    }
    assertThatThrownBy(() -> index.add(generation(2).get(0)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("closed");
    assertThat(this.indexes.find("closed")).isEmpty();
  }
}
