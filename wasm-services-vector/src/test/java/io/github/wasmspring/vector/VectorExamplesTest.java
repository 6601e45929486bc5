package io.github.wasmspring.vector;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wasmspring.WasmExecutionMode;
import io.github.wasmspring.runtime.WasmRuntime;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the documentation shows. */
class VectorExamplesTest {

  @Test
  void theExampleOfThePage(@TempDir Path directory) {
    try (WasmRuntime runtime = WasmRuntime.withInstalledModules();
        VectorIndexes indexes = VectorIndexes.of(runtime.manager())) {
      VectorIndex products =
          indexes.create("products", VectorIndexSettings.dimensions(3).graph().build());
      products.add(new VectorDocument("tea", new float[] {1, 0, 0}, Map.of("price", 4)));
      products.add(new VectorDocument("coffee", new float[] {0.9f, 0.1f, 0}, Map.of("price", 9)));
      products.add(new VectorDocument("spade", new float[] {0, 0, 1}, Map.of("price", 20)));
      List<VectorMatch> matches =
          products.search(
              VectorSearch.of(new float[] {1, 0.1f, 0})
                  .maxResults(2)
                  .threshold(0.5f)
                  .filter(VectorFilter.lt("price", 10))
                  .build());
      assertThat(matches).extracting(VectorMatch::id).containsExactly("coffee", "tea");
      products.snapshot(directory.resolve("products.vectors"));
      products.clear();
      products.restore(directory.resolve("products.vectors"));
      assertThat(products.size()).isEqualTo(3);
    }
  }

  @Test
  void thePageSaysWhatAVectorTakes() {
    VectorIndexSettings.Builder settings = VectorIndexSettings.dimensions(384);
    assertThat(settings.build().bytesPerVector()).isEqualTo(1568);
    assertThat(settings.graph().build().bytesPerVector()).isEqualTo(1700);
    settings.storage(VectorStorage.INT8);
    assertThat(settings.build().bytesPerVector()).isEqualTo(548);
    assertThat(settings.flat().build().bytesPerVector()).isEqualTo(416);
  }

  @Test
  void javaAnswersWhereModulesAreOff() {
    try (WasmRuntime runtime = WasmRuntime.create();
        VectorIndexes indexes = VectorIndexes.of(runtime.manager())) {
      for (WasmExecutionMode mode : List.of(WasmExecutionMode.JAVA, WasmExecutionMode.AUTO)) {
        VectorIndex index =
            indexes.create(
                mode.name(), VectorIndexSettings.dimensions(2).executionMode(mode).build());
        index.add(new VectorDocument("a", new float[] {1, 0}));
        assertThat(index.search(VectorSearch.nearest(new float[] {1, 1}))).hasSize(1);
        assertThat(index.stats().javaSearches()).isEqualTo(1);
        assertThat(index.stats().copies()).isZero();
      }
    }
  }
}
