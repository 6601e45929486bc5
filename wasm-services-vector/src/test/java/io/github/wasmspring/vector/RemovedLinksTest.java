package io.github.wasmspring.vector;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wasmspring.WasmExecutionMode;
import io.github.wasmspring.runtime.WasmRuntime;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Links to what was removed hinder neither a snapshot nor a copy that is made again. */
@Timeout(120)
class RemovedLinksTest {

  private static final int DIMENSIONS = 16;

  private final WasmRuntime runtime = WasmRuntime.withInstalledModules();
  private final VectorIndexes indexes = VectorIndexes.of(this.runtime.manager());
  private final RandomVectors vectors = RandomVectors.clustered(11, DIMENSIONS, 20);
  private final List<VectorDocument> kept = new ArrayList<>();

  @AfterEach
  void close() {
    this.indexes.close();
    this.runtime.close();
  }

  private static VectorIndexSettings settings(int copies) {
    return VectorIndexSettings.dimensions(DIMENSIONS)
        .graph()
        .copies(copies)
        // With several, Java answers in place of the one that is broken.
        .executionMode(copies == 1 ? WasmExecutionMode.WASM : WasmExecutionMode.AUTO)
        .build();
  }

  /** The last three quarters go, so that most links led to slots that a restored index lacks. */
  private VectorIndex halved(int copies) {
    VectorIndex index = this.indexes.create("halved", settings(copies));
    List<VectorDocument> documents = this.vectors.documents("d", 2000);
    index.addAll(documents);
    this.kept.addAll(documents.subList(0, 500));
    index.removeAll(documents.subList(500, 2000).stream().map(VectorDocument::id).toList());
    return index;
  }

  private void requireRecall(VectorIndex index) {
    int found = 0;
    for (int each = 0; each < 50; each++) {
      float[] query = this.vectors.next();
      Set<String> expected =
          new HashSet<>(BruteForce.nearest(VectorMetric.COSINE, this.kept, query, 10));
      List<VectorMatch> matches =
          index.search(
              VectorSearch.of(query)
                  .breadth(60)
                  .filter(VectorFilter.and())
                  .filtering(VectorFiltering.POST)
                  .build());
      found += (int) matches.stream().filter(match -> expected.contains(match.id())).count();
    }
    assertThat(found / 500.0).isGreaterThanOrEqualTo(0.95);
  }

  @Test
  void aSnapshotComesBack(@TempDir Path folder) {
    Path file = folder.resolve("halved.vectors");
    VectorIndex index = halved(1);
    index.snapshot(file);
    requireLinksToWhatIsThere(VectorSnapshot.read(file));
    VectorIndex other = this.indexes.create("other", settings(1));
    other.restore(file);
    assertThat(other.size()).isEqualTo(500);
    requireRecall(other);
    List<VectorDocument> more = this.vectors.documents("more", 600);
    index.addAll(more);
    other.addAll(more);
    this.kept.addAll(more);
    requireRecall(other);
    for (int each = 0; each < 50; each++) {
      VectorSearch search =
          VectorSearch.of(this.vectors.next())
              .breadth(10)
              .filter(VectorFilter.and())
              .filtering(VectorFiltering.POST)
              .build();
      assertThat(other.search(search)).isEqualTo(index.search(search));
    }
  }

  /** The level, and for each level how many links there are, and they. */
  private static void requireLinksToWhatIsThere(VectorSnapshot snapshot) {
    Set<Integer> slots = new HashSet<>();
    snapshot.entries().forEach(entry -> slots.add(entry.slot));
    for (int[] numbers : snapshot.links().nodes()) {
      for (int at = 1; at < numbers.length; at += 1 + numbers[at]) {
        for (int each = 1; each <= numbers[at]; each++) {
          assertThat(slots).contains(numbers[at + each]);
        }
      }
    }
  }

  @Test
  void aCopyIsMadeAgain() {
    VectorIndex index = halved(2);
    ((DefaultVectorIndex) index).breakCopy();
    while (index.stats().lostCopies() < 1) {
      index.search(VectorSearch.nearest(this.vectors.next()));
    }
    while (index.stats().copies() < 2) {
      Thread.onSpinWait();
    }
    long before = index.stats().wasmSearches();
    requireRecall(index);
    assertThat(index.stats().lostCopies()).isEqualTo(1);
    assertThat(index.stats().wasmSearches()).isEqualTo(before + 50);
  }

  /** Links that fit to nothing: the graph is made from the vectors. */
  @Test
  void linksThatCanNotBeReadAreMadeAgain(@TempDir Path folder) {
    Path file = folder.resolve("unfit.vectors");
    VectorIndex index = this.indexes.create("unfit", settings(1));
    List<VectorDocument> documents = this.vectors.documents("d", 300);
    List<VectorEntry> entries = new ArrayList<>();
    List<int[]> links = new ArrayList<>();
    for (VectorDocument document : documents) {
      double factor = VectorScore.factor(VectorMetric.COSINE, document.vector());
      entries.add(new VectorEntry(document, entries.size(), factor, 0));
      links.add(new int[] {0, 1000});
    }
    VectorSnapshot.write(
        file, new VectorSnapshot(settings(1), entries, new VectorLinks(0, 300, links)));
    index.restore(file);
    this.kept.addAll(documents);
    requireRecall(index);
  }
}
