package io.github.wasmspring.autoconfigure.memory.ai;

import io.github.wasmspring.autoconfigure.memory.WasmAgentMemoryAutoConfiguration;
import io.github.wasmspring.autoconfigure.memory.WasmAgentMemoryProperties;
import io.github.wasmspring.memory.AgentMemory;
import org.springframework.ai.chat.memory.ChatMemoryRepository;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Fallback;

/**
 * Auto-configuration for agent memory as Spring AI's chat memory, before the one of Spring AI that
 * keeps conversations in the heap. A repository that anybody else brings goes before, be it made
 * after this one: Spring AI's own guard nothing but their own kind.
 */
@AutoConfiguration(
    after = WasmAgentMemoryAutoConfiguration.class,
    afterName = {
      "org.springframework.ai.model.chat.memory.repository.cassandra.autoconfigure.CassandraChatMemoryRepositoryAutoConfiguration",
      "org.springframework.ai.model.chat.memory.repository.cosmosdb.autoconfigure.CosmosDBChatMemoryRepositoryAutoConfiguration",
      "org.springframework.ai.model.chat.memory.repository.jdbc.autoconfigure.JdbcChatMemoryRepositoryAutoConfiguration",
      "org.springframework.ai.model.chat.memory.repository.mongo.autoconfigure.MongoChatMemoryAutoConfiguration",
      "org.springframework.ai.model.chat.memory.repository.neo4j.autoconfigure.Neo4jChatMemoryRepositoryAutoConfiguration",
      "org.springframework.ai.model.chat.memory.repository.redis.autoconfigure.RedisChatMemoryRepositoryAutoConfiguration"
    },
    beforeName =
        "org.springframework.ai.model.chat.memory.autoconfigure.ChatMemoryAutoConfiguration")
@ConditionalOnClass({AgentMemory.class, ChatMemoryRepository.class})
@ConditionalOnBean(AgentMemory.class)
@ConditionalOnBooleanProperty(name = "wasm.services.memory.chat.enabled", matchIfMissing = true)
@EnableConfigurationProperties(WasmAgentMemoryProperties.class)
public final class WasmChatMemoryAutoConfiguration {

  @Bean
  @Fallback
  @ConditionalOnMissingBean(ChatMemoryRepository.class)
  WasmChatMemoryRepository wasmChatMemoryRepository(
      AgentMemory memory, WasmAgentMemoryProperties properties) {
    return new WasmChatMemoryRepository(memory.namespace(properties.getChat().getNamespace()));
  }
}
