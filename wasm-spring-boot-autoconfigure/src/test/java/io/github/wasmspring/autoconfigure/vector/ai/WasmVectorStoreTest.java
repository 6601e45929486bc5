package io.github.wasmspring.autoconfigure.vector.ai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import io.github.wasmspring.autoconfigure.WasmAutoConfiguration;
import io.github.wasmspring.autoconfigure.vector.WasmVectorAutoConfiguration;
import io.github.wasmspring.vector.VectorIndex;
import io.github.wasmspring.vector.VectorIndexSettings;
import io.github.wasmspring.vector.VectorIndexes;
import io.github.wasmspring.vector.VectorMetric;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.tck.TestObservationRegistry;
import io.micrometer.observation.tck.TestObservationRegistryAssert;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.ai.document.Document;
import org.springframework.ai.embedding.EmbeddingModel;
import org.springframework.ai.test.vectorstore.BaseVectorStoreTests;
import org.springframework.ai.vectorstore.SearchRequest;
import org.springframework.ai.vectorstore.SimpleVectorStore;
import org.springframework.ai.vectorstore.VectorStore;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;

/** Spring AI's own tests of vector stores, and what is ours. */
class WasmVectorStoreTest extends BaseVectorStoreTests {

  private static final Document TEA =
      new Document("tea", "Green tea from the hills", Map.of("price", 4, "kind", "drink"));
  private static final Document COFFEE =
      new Document("coffee", "Black coffee from the hills", Map.of("price", 9.5, "kind", "drink"));
  private static final Document SPADE =
      new Document("spade", "A spade for the garden", Map.of("price", 20L));

  private final ApplicationContextRunner without =
      new ApplicationContextRunner()
          .withConfiguration(
              AutoConfigurations.of(
                  WasmAutoConfiguration.class,
                  WasmVectorAutoConfiguration.class,
                  WasmVectorStoreAutoConfiguration.class));
  private final ApplicationContextRunner runner =
      this.without.withBean(EmbeddingModel.class, WordsEmbeddingModel::new);

  @Override
  protected void executeTest(Consumer<VectorStore> test) {
    this.runner.run(context -> test.accept(context.getBean(VectorStore.class)));
  }

  private static List<String> ids(List<Document> documents) {
    return documents.stream().map(Document::getId).sorted().toList();
  }

  /** Numbers of all types, keys that are missing, and everything together. */
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "price == 4 ; tea",
        "price >= 9.5 ; coffee,spade",
        "price < 9.5 ; tea",
        "price != 4 ; coffee,spade",
        "kind == 'drink' && price > 4 ; coffee",
        "kind == 'drink' || price == 20 ; coffee,spade,tea",
        "price in [4, 20] ; spade,tea",
        "price nin [4, 20] ; coffee",
        "NOT(kind == 'drink') ; spade",
        "(price == 4 || price == 20) && kind == 'drink' ; tea",
        "kind == 7 ; ''",
        "other == 'thing' ; ''"
      })
  void filterExpressions(String expression, String expected) {
    executeTest(
        store -> {
          store.add(List.of(TEA, COFFEE, SPADE));
          SearchRequest request =
              SearchRequest.builder().query("hills").filterExpression(expression).build();
          assertThat(String.join(",", ids(store.similaritySearch(request)))).isEqualTo(expected);
          store.delete(expression);
          assertThat(store.similaritySearch("hills")).hasSize(3 - count(expected));
        });
  }

  private static int count(String expected) {
    return expected.isEmpty() ? 0 : expected.split(",").length;
  }

  @ParameterizedTest
  @EnumSource(VectorMetric.class)
  void scoresAndThresholds(VectorMetric metric) {
    this.runner.run(
        context -> {
          VectorIndex index =
              context
                  .getBean(VectorIndexes.class)
                  .create(
                      "own",
                      VectorIndexSettings.dimensions(WordsEmbeddingModel.DIMENSIONS)
                          .metric(metric)
                          .build());
          WasmVectorStore store =
              WasmVectorStore.builder(index, context.getBean(EmbeddingModel.class)).build();
          store.add(List.of(TEA, COFFEE, SPADE));
          List<Document> all =
              store.similaritySearch(SearchRequest.builder().query(TEA.getText()).build());
          assertThat(all).hasSize(3).first().extracting(Document::getId).isEqualTo("tea");
          double second = all.get(1).getScore();
          assertThat(
                  store.similaritySearch(
                      SearchRequest.builder()
                          .query(TEA.getText())
                          .similarityThreshold(Math.min(1, second))
                          .topK(2)
                          .build()))
              .hasSize(2)
              .allMatch(document -> document.getScore() >= Math.min(1, second) - 1e-6);
          if (metric != VectorMetric.DOT) {
            assertThat(all.get(0).getScore()).isCloseTo(1, offset(1e-6));
            assertThat(all).allMatch(document -> document.getScore() >= 0);
          }
        });
  }

  /** Spring AI's own store in memory orders and scores in the same way. */
  @Test
  void answersAsTheSimpleStore() {
    executeTest(
        store -> {
          SimpleVectorStore simple = SimpleVectorStore.builder(new WordsEmbeddingModel()).build();
          for (VectorStore each : List.of(store, simple)) {
            each.add(List.of(TEA, COFFEE, SPADE));
          }
          for (String query : List.of("tea", "hills", "garden spade", "Black")) {
            List<Document> ours = store.similaritySearch(query);
            List<Document> theirs = simple.similaritySearch(query);
            assertThat(ids(ours)).isEqualTo(ids(theirs));
            for (int at = 0; at < ours.size(); at++) {
              // Of those that are equally near either may be first.
              assertThat(ours.get(at).getScore())
                  .isCloseTo(theirs.get(at).getScore(), offset(1e-6));
            }
          }
        });
  }

  @Test
  void isObservedAsOthersAre() {
    TestObservationRegistry registry = TestObservationRegistry.create();
    this.runner
        .withBean(ObservationRegistry.class, () -> registry)
        .run(
            context -> {
              context.getBean(VectorStore.class).add(List.of(TEA));
              assertThat(context.getBean(VectorStore.class).getNativeClient()).isPresent();
            });
    TestObservationRegistryAssert.assertThat(registry)
        .hasObservationWithNameEqualTo("db.vector.client.operation")
        .that()
        .hasLowCardinalityKeyValue("db.system", "wasm");
  }

  @Test
  void backsOff() {
    this.without.run(context -> assertThat(context).doesNotHaveBean(VectorStore.class));
    this.runner
        .withPropertyValues("wasm.services.vector.store.enabled=false")
        .run(context -> assertThat(context).doesNotHaveBean(VectorStore.class));
    this.runner
        .withBean(
            "own",
            VectorStore.class,
            () -> SimpleVectorStore.builder(new WordsEmbeddingModel()).build())
        .run(context -> assertThat(context).hasSingleBean(VectorStore.class).hasBean("own"));
    this.runner
        .withClassLoader(new FilteredClassLoader("org.springframework.ai.vectorstore"))
        .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean("wasmVectorStore"));
  }

  /** Whatever its name, and that of the one that brings it. */
  @Test
  void aModelOfAnyAutoConfigurationIsFound() {
    this.without
        .withConfiguration(AutoConfigurations.of(ZuluEmbeddingAutoConfiguration.class))
        .run(context -> assertThat(context).hasSingleBean(WasmVectorStore.class));
  }

  @Test
  void aStoreOfAnotherAutoConfigurationWins() {
    this.runner
        .withConfiguration(AutoConfigurations.of(ZuluStoreAutoConfiguration.class))
        .run(
            context ->
                assertThat(context)
                    .hasSingleBean(VectorStore.class)
                    .doesNotHaveBean(WasmVectorStore.class));
  }

  @Test
  void theTypeOfTheStoreMayBeSaid() {
    this.runner
        .withPropertyValues("spring.ai.vectorstore.type=pgvector")
        .run(context -> assertThat(context).doesNotHaveBean(VectorStore.class));
    this.runner
        .withPropertyValues("spring.ai.vectorstore.type=wasm")
        .run(context -> assertThat(context).hasSingleBean(WasmVectorStore.class));
  }

  @AutoConfiguration
  static class ZuluEmbeddingAutoConfiguration {

    @Bean
    EmbeddingModel zuluEmbeddingModel() {
      return new WordsEmbeddingModel();
    }
  }

  @AutoConfiguration
  static class ZuluStoreAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean(VectorStore.class)
    VectorStore zuluStore(EmbeddingModel model) {
      return SimpleVectorStore.builder(model).build();
    }
  }
}
