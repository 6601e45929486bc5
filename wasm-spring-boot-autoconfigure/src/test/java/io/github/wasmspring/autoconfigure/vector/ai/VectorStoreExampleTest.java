package io.github.wasmspring.autoconfigure.vector.ai;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wasmspring.autoconfigure.WasmAutoConfiguration;
import io.github.wasmspring.autoconfigure.vector.WasmVectorAutoConfiguration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.ai.document.Document;
import org.springframework.ai.embedding.EmbeddingModel;
import org.springframework.ai.vectorstore.SearchRequest;
import org.springframework.ai.vectorstore.VectorStore;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** What the documentation shows. */
class VectorStoreExampleTest {

  private static List<Document> search(VectorStore store) {
    store.add(List.of(new Document("Green tea from the hills", Map.of("price", 4))));
    List<Document> found =
        store.similaritySearch(
            SearchRequest.builder().query("tea").topK(3).filterExpression("price < 10").build());
    return found;
  }

  @Test
  void theExampleOfThePage() {
    new ApplicationContextRunner()
        .withConfiguration(
            AutoConfigurations.of(
                WasmAutoConfiguration.class,
                WasmVectorAutoConfiguration.class,
                WasmVectorStoreAutoConfiguration.class))
        .withBean(EmbeddingModel.class, WordsEmbeddingModel::new)
        .run(context -> assertThat(search(context.getBean(VectorStore.class))).hasSize(1));
  }
}
