package io.github.wasmspring.autoconfigure.memory.ai;

import io.github.wasmspring.memory.AgentMemory;
import io.github.wasmspring.memory.MemoryEmbedder;
import org.springframework.ai.embedding.EmbeddingModel;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigureOrder;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;

/**
 * Auto-configuration that has Spring AI's embedding model make the vectors of agent memory. After
 * all others, as any of them may bring the model.
 */
@AutoConfiguration
@AutoConfigureOrder(Ordered.LOWEST_PRECEDENCE)
@ConditionalOnClass({AgentMemory.class, EmbeddingModel.class})
@ConditionalOnSingleCandidate(EmbeddingModel.class)
public final class MemoryEmbeddingAutoConfiguration {

  @Bean
  @ConditionalOnMissingBean
  MemoryEmbedder wasmMemoryEmbedder(EmbeddingModel model) {
    return model::embed;
  }
}
