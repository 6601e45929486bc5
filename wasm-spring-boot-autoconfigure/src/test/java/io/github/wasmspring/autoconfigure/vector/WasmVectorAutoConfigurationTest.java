package io.github.wasmspring.autoconfigure.vector;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wasmspring.autoconfigure.WasmAutoConfiguration;
import io.github.wasmspring.client.WasmModuleManager;
import io.github.wasmspring.vector.VectorDocument;
import io.github.wasmspring.vector.VectorIndex;
import io.github.wasmspring.vector.VectorIndexSettings;
import io.github.wasmspring.vector.VectorIndexes;
import io.github.wasmspring.vector.VectorMetric;
import io.github.wasmspring.vector.VectorSearch;
import io.github.wasmspring.vector.VectorStorage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

class WasmVectorAutoConfigurationTest {

  private static final String PRODUCTS = "wasm.services.vector.indexes.products.";

  private final ApplicationContextRunner runner =
      new ApplicationContextRunner()
          .withConfiguration(
              AutoConfigurations.of(
                  WasmAutoConfiguration.class, WasmVectorAutoConfiguration.class));

  private static VectorIndex products(VectorIndexes indexes) {
    return indexes.find("products").orElseThrow();
  }

  @Test
  void indexesAreThereForWhoeverNeedsThem() {
    this.runner.run(
        context -> {
          assertThat(context.getBeanFactory().containsSingleton("wasmVectorIndexes")).isFalse();
          VectorIndex index =
              context
                  .getBean(VectorIndexes.class)
                  .create("own", VectorIndexSettings.dimensions(2).build());
          index.add(new VectorDocument("a", new float[] {1, 0}));
          assertThat(index.search(VectorSearch.nearest(new float[] {1, 1}))).hasSize(1);
          assertThat(index.stats().wasmSearches()).isEqualTo(1);
        });
  }

  @Test
  void propertiesSayWhichThereAre() {
    this.runner
        .withPropertyValues(
            PRODUCTS + "dimensions=8",
            PRODUCTS + "metric=l2",
            PRODUCTS + "storage=int8",
            PRODUCTS + "copies=2",
            PRODUCTS + "capacity=100",
            PRODUCTS + "memory-limit=1MB",
            PRODUCTS + "oversampling=6",
            PRODUCTS + "graph.enabled=true",
            PRODUCTS + "graph.m=8")
        .run(
            context ->
                assertThat(products(context.getBean(VectorIndexes.class)).settings())
                    .isEqualTo(
                        VectorIndexSettings.dimensions(8)
                            .metric(VectorMetric.L2)
                            .storage(VectorStorage.INT8)
                            .copies(2)
                            .capacity(100)
                            .memoryLimit(1 << 20)
                            .oversampling(6)
                            .graph(new VectorIndexSettings.Graph(8, 128, 96, 42))
                            .build()));
  }

  @Test
  void whatCanNeverBeIsRefusedByItsName() {
    this.runner
        .withPropertyValues(PRODUCTS + "dimensions=8", PRODUCTS + "copies=99")
        .run(
            context ->
                assertThat(failureOf(() -> context.getBean(VectorIndexes.class)))
                    .hasStackTraceContaining(PRODUCTS + "copies"));
    this.runner
        .withPropertyValues(PRODUCTS + "copies=1")
        .run(
            context ->
                assertThat(failureOf(() -> context.getBean(VectorIndexes.class)))
                    .hasStackTraceContaining(PRODUCTS + "dimensions"));
  }

  private static Throwable failureOf(Runnable action) {
    try {
      action.run();
    } catch (RuntimeException failure) {
      return failure;
    }
    throw new AssertionError("That did not fail");
  }

  @Test
  void whatWasThereWhenItEndedIsThereWhenItStarts(@TempDir Path directory) {
    ApplicationContextRunner keeping =
        this.runner.withPropertyValues(
            PRODUCTS + "dimensions=2", "wasm.services.vector.snapshot-directory=" + directory);
    keeping.run(
        context ->
            products(context.getBean(VectorIndexes.class))
                .add(new VectorDocument("kept", new float[] {1, 0})));
    keeping.run(
        context ->
            assertThat(products(context.getBean(VectorIndexes.class)).get("kept")).isPresent());
  }

  @Test
  void whatBeansAddWhenTheyAreMadeIsKeptBesideWhatIsRestored(@TempDir Path directory) {
    ApplicationContextRunner keeping =
        this.runner.withPropertyValues(
            PRODUCTS + "dimensions=2", "wasm.services.vector.snapshot-directory=" + directory);
    keeping.run(
        context ->
            products(context.getBean(VectorIndexes.class))
                .add(new VectorDocument("kept", new float[] {1, 0})));
    keeping
        .withBean(Filler.class)
        .run(
            context -> {
              VectorIndex products = products(context.getBean(VectorIndexes.class));
              assertThat(context.getBean(Filler.class).found).isEqualTo(1);
              assertThat(products.get("kept")).isPresent();
              assertThat(products.get("added")).isPresent();
            });
  }

  /** Nothing restores it, so nothing overwrites it. */
  @Test
  void snapshotsAreNotThoseOfOnesOwnIndexes(@TempDir Path directory) throws IOException {
    Path file = Files.writeString(directory.resolve("own.vectors"), "kept");
    this.runner
        .withUserConfiguration(OwnIndexes.class)
        .withPropertyValues("wasm.services.vector.snapshot-directory=" + directory)
        .run(
            context ->
                context
                    .getBean(VectorIndexes.class)
                    .create("own", VectorIndexSettings.dimensions(2).build()));
    assertThat(file).hasContent("kept");
  }

  @Test
  void aDamagedSnapshotStopsTheStartAndStays(@TempDir Path directory) throws IOException {
    Path file = Files.writeString(directory.resolve("products.vectors"), "damaged, 20 bytes long");
    this.runner
        .withPropertyValues("wasm.services.vector.snapshot-directory=" + directory)
        .run(
            context ->
                assertThat(context).getFailure().hasStackTraceContaining("products.vectors"));
    assertThat(file).hasContent("damaged, 20 bytes long");
  }

  @Test
  void javaAnswersWhereModulesAreSwitchedOff() {
    this.runner
        .withPropertyValues("wasm.enabled=false", PRODUCTS + "dimensions=2")
        .run(
            context -> {
              VectorIndex index = products(context.getBean(VectorIndexes.class));
              index.add(new VectorDocument("a", new float[] {1, 0}));
              assertThat(index.search(VectorSearch.nearest(new float[] {1, 1}))).hasSize(1);
              assertThat(index.stats().javaSearches()).isEqualTo(1);
            });
  }

  @Test
  void onesOwnIndexesWin() {
    this.runner
        .withUserConfiguration(OwnIndexes.class)
        .run(
            context ->
                assertThat(context).hasSingleBean(VectorIndexes.class).hasBean("ownIndexes"));
  }

  @Test
  void thereIsNothingWithoutItsJarOrWhereItIsSwitchedOff() {
    this.runner
        .withClassLoader(new FilteredClassLoader(VectorIndexes.class))
        .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean("wasmVectorIndexes"));
    this.runner
        .withPropertyValues("wasm.services.vector.enabled=false")
        .run(context -> assertThat(context).doesNotHaveBean(VectorIndexes.class));
  }

  @Configuration(proxyBeanMethods = false)
  static class OwnIndexes {

    @Bean
    VectorIndexes ownIndexes(WasmModuleManager manager) {
      return VectorIndexes.of(manager);
    }
  }

  static class Filler implements InitializingBean {

    private final VectorIndexes indexes;
    private int found;

    Filler(VectorIndexes indexes) {
      this.indexes = indexes;
    }

    @Override
    public void afterPropertiesSet() {
      this.found = products(this.indexes).size();
      products(this.indexes).add(new VectorDocument("added", new float[] {0, 1}));
    }
  }
}
