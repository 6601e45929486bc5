package io.github.wasmspring.autoconfigure.memory.metrics;

import io.github.wasmspring.autoconfigure.memory.WasmAgentMemoryAutoConfiguration;
import io.github.wasmspring.memory.AgentMemory;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/** Auto-configuration for the meters of agent memory. */
@AutoConfiguration(
    after = WasmAgentMemoryAutoConfiguration.class,
    afterName = {
      "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration",
      "org.springframework.boot.micrometer.metrics.autoconfigure.export.simple.SimpleMetricsExportAutoConfiguration"
    })
@ConditionalOnClass({MeterRegistry.class, AgentMemory.class})
@ConditionalOnBean({MeterRegistry.class, AgentMemory.class})
public final class WasmAgentMemoryMetricsAutoConfiguration {

  @Bean
  @ConditionalOnMissingBean
  WasmAgentMemoryMetrics wasmAgentMemoryMetrics(AgentMemory memory) {
    return new WasmAgentMemoryMetrics(memory);
  }
}
