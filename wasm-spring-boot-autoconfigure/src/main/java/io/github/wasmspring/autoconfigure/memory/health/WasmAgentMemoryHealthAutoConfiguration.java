package io.github.wasmspring.autoconfigure.memory.health;

import io.github.wasmspring.autoconfigure.memory.WasmAgentMemoryAutoConfiguration;
import io.github.wasmspring.memory.AgentMemory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.HealthContributor;
import org.springframework.context.annotation.Bean;

/** Auto-configuration for the health of agent memory. */
@AutoConfiguration(after = WasmAgentMemoryAutoConfiguration.class)
@ConditionalOnClass({
  AgentMemory.class,
  HealthContributor.class,
  ConditionalOnEnabledHealthIndicator.class
})
@ConditionalOnBean(AgentMemory.class)
@ConditionalOnEnabledHealthIndicator("wasm-agent-memory")
public final class WasmAgentMemoryHealthAutoConfiguration {

  @Bean
  @ConditionalOnMissingBean(
      name = {"wasmAgentMemoryHealthIndicator", "wasmAgentMemoryHealthContributor"})
  WasmAgentMemoryHealthIndicator wasmAgentMemoryHealthIndicator(AgentMemory memory) {
    return new WasmAgentMemoryHealthIndicator(memory);
  }
}
