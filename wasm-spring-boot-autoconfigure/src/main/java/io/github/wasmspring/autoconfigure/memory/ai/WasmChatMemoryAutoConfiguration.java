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

/**
 * Auto-configuration for agent memory as Spring AI's chat memory, before the one of Spring AI that
 * keeps conversations in the heap.
 */
@AutoConfiguration(
    after = WasmAgentMemoryAutoConfiguration.class,
    beforeName =
        "org.springframework.ai.model.chat.memory.autoconfigure.ChatMemoryAutoConfiguration")
@ConditionalOnClass({AgentMemory.class, ChatMemoryRepository.class})
@ConditionalOnBean(AgentMemory.class)
@ConditionalOnBooleanProperty(name = "wasm.services.memory.chat.enabled", matchIfMissing = true)
@EnableConfigurationProperties(WasmAgentMemoryProperties.class)
public final class WasmChatMemoryAutoConfiguration {

  @Bean
  @ConditionalOnMissingBean(ChatMemoryRepository.class)
  WasmChatMemoryRepository wasmChatMemoryRepository(
      AgentMemory memory, WasmAgentMemoryProperties properties) {
    return new WasmChatMemoryRepository(memory.namespace(properties.getChat().getNamespace()));
  }
}
