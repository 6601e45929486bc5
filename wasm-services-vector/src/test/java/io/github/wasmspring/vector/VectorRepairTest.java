package io.github.wasmspring.vector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.wasmspring.WasmException;
import io.github.wasmspring.runtime.WasmRuntime;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A copy for which there was no room is made when there is. */
@Timeout(60)
class VectorRepairTest {

  private final WasmRuntime runtime =
      WasmRuntime.builder().installedModules().memoryBudget(24L << 20).build();
  private final VectorIndexes indexes = VectorIndexes.of(this.runtime.manager());

  @AfterEach
  void close() {
    this.indexes.close();
    this.runtime.close();
  }

  /** That of the copy that is broken, too. */
  private void takeAllRoom() {
    VectorIndexSettings settings = VectorIndexSettings.dimensions(512).capacity(500).build();
    assertThatThrownBy(
            () -> {
              for (int each = 0; each < 100; each++) {
                this.indexes.create("large" + each, settings);
              }
            })
        .isInstanceOf(WasmException.class);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aSearchOrAWriteTriesAgain(boolean byWriting) {
    RandomVectors vectors = RandomVectors.uniform(1, 512);
    DefaultVectorIndex index =
        (DefaultVectorIndex)
            this.indexes.create("short", VectorIndexSettings.dimensions(512).copies(2).build());
    index.addAll(vectors.documents("d", 2000));
    index.breakCopy();
    takeAllRoom();
    while (index.stats().lostCopies() == 0) {
      index.search(VectorSearch.nearest(vectors.next()));
    }
    index.repair();
    assertThat(index.stats().copies()).isEqualTo(1);
    this.indexes.names().stream()
        .filter(name -> name.startsWith("large"))
        .forEach(this.indexes::drop);
    int more = 0;
    while (index.stats().copies() < 2) {
      index.endPause();
      if (byWriting) {
        index.add(new VectorDocument("more" + more++, vectors.next()));
      } else {
        index.search(VectorSearch.nearest(vectors.next()));
      }
    }
    assertThat(index.stats().lostCopies()).isEqualTo(1);
  }

  @Test
  void whoSavesDoesNotWaitForAGraphThatIsMadeAgain(@TempDir Path directory) throws Exception {
    DefaultVectorIndex index =
        (DefaultVectorIndex)
            this.indexes.create("graph", VectorIndexSettings.dimensions(64).graph().build());
    index.addAll(RandomVectors.uniform(2, 64).documents("d", 5000));
    index.loseCopies();
    Path file = directory.resolve("graph.vectors");

    Thread repair = new Thread(index::repair);
    repair.start();
    while (repair.isAlive()) {
      index.snapshot(file);
    }

    assertThat(index.stats().copies()).isZero();
    index.clear();
    index.restore(file);
    assertThat(index.size()).isEqualTo(5000);
    index.loseCopies();
    index.repair();
    assertThat(index.stats().copies()).isOne();
  }
}
