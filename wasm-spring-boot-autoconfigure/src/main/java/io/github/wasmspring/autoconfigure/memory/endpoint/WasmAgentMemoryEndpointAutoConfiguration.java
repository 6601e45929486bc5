package io.github.wasmspring.autoconfigure.memory.endpoint;

import io.github.wasmspring.autoconfigure.endpoint.WasmEndpoint;
import io.github.wasmspring.autoconfigure.endpoint.WasmEndpointAutoConfiguration;
import io.github.wasmspring.autoconfigure.memory.WasmAgentMemoryAutoConfiguration;
import io.github.wasmspring.memory.AgentMemory;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;

/** Auto-configuration for what the endpoint of WebAssembly modules shows of agent memory. */
@AutoConfiguration(
    after = WasmAgentMemoryAutoConfiguration.class,
    before = WasmEndpointAutoConfiguration.class)
@ConditionalOnClass({Endpoint.class, ConditionalOnAvailableEndpoint.class, AgentMemory.class})
@ConditionalOnBean(AgentMemory.class)
@ConditionalOnAvailableEndpoint(WasmEndpoint.class)
public final class WasmAgentMemoryEndpointAutoConfiguration {

  @Bean
  AgentMemoryEndpointContributor wasmAgentMemoryEndpointContributor(AgentMemory memory) {
    return new AgentMemoryEndpointContributor(memory);
  }
}
