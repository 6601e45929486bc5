package io.github.wasmspring.autoconfigure.vector.ai;

import io.github.wasmspring.autoconfigure.vector.WasmVectorAutoConfiguration;
import io.github.wasmspring.autoconfigure.vector.WasmVectorProperties;
import io.github.wasmspring.vector.VectorIndex;
import io.github.wasmspring.vector.VectorIndexSettings;
import io.github.wasmspring.vector.VectorIndexes;
import io.micrometer.observation.ObservationRegistry;
import org.springframework.ai.embedding.BatchingStrategy;
import org.springframework.ai.embedding.EmbeddingModel;
import org.springframework.ai.embedding.TokenCountBatchingStrategy;
import org.springframework.ai.vectorstore.VectorStore;
import org.springframework.ai.vectorstore.observation.AbstractObservationVectorStore;
import org.springframework.ai.vectorstore.observation.VectorStoreObservationConvention;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigureOrder;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;

/**
 * Auto-configuration for vector search as Spring AI's vector store. After all others, as any of
 * them may bring the model or another store.
 */
@AutoConfiguration(after = WasmVectorAutoConfiguration.class)
@AutoConfigureOrder(Ordered.LOWEST_PRECEDENCE)
@ConditionalOnClass({VectorIndexes.class, AbstractObservationVectorStore.class})
@ConditionalOnBean({VectorIndexes.class, EmbeddingModel.class})
@ConditionalOnBooleanProperty(name = "wasm.services.vector.store.enabled", matchIfMissing = true)
@ConditionalOnProperty(
    name = "spring.ai.vectorstore.type",
    havingValue = "wasm",
    matchIfMissing = true)
public final class WasmVectorStoreAutoConfiguration {

  @Bean
  @ConditionalOnMissingBean(VectorStore.class)
  WasmVectorStore wasmVectorStore(
      VectorIndexes indexes,
      WasmVectorProperties properties,
      EmbeddingModel embeddingModel,
      ObjectProvider<ObservationRegistry> observations,
      ObjectProvider<VectorStoreObservationConvention> conventions,
      ObjectProvider<BatchingStrategy> batching) {
    WasmVectorStore.Builder store =
        WasmVectorStore.builder(index(indexes, properties, embeddingModel), embeddingModel)
            .batchingStrategy(batching.getIfAvailable(TokenCountBatchingStrategy::new));
    observations.ifAvailable(store::observationRegistry);
    conventions.ifAvailable(store::customObservationConvention);
    return store.build();
  }

  /** Asks the model for its dimensions only where there is no index yet. */
  private static VectorIndex index(
      VectorIndexes indexes, WasmVectorProperties properties, EmbeddingModel embeddingModel) {
    String name = properties.getStore().getIndex();
    return indexes
        .find(name)
        .orElseGet(
            () ->
                indexes.getOrCreate(
                    name,
                    VectorIndexSettings.dimensions(embeddingModel.dimensions()).graph().build()));
  }
}
