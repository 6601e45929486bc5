package io.github.wasmspring.autoconfigure.endpoint;

import io.github.wasmspring.autoconfigure.WasmAutoConfiguration;
import io.github.wasmspring.autoconfigure.WasmProperties;
import io.github.wasmspring.client.WasmModuleManager;
import io.github.wasmspring.engine.CompiledCodeStore;
import io.github.wasmspring.engine.CompiledModuleCache;
import io.github.wasmspring.engine.WasmEngine;
import io.github.wasmspring.internal.sandbox.MemoryBudget;
import io.github.wasmspring.work.WasmTaskExecutor;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/** Auto-configuration for the endpoint of WebAssembly modules. */
@AutoConfiguration(after = WasmAutoConfiguration.class)
@ConditionalOnClass({Endpoint.class, ConditionalOnAvailableEndpoint.class})
@ConditionalOnBean(WasmModuleManager.class)
@ConditionalOnAvailableEndpoint(WasmEndpoint.class)
public final class WasmEndpointAutoConfiguration {

  @Bean
  @ConditionalOnMissingBean
  WasmEndpoint wasmEndpoint(
      WasmModuleManager manager,
      WasmEngine engine,
      CompiledModuleCache cache,
      ObjectProvider<CompiledCodeStore> codeStore,
      MemoryBudget budget,
      WasmTaskExecutor tasks,
      ObjectProvider<WasmEndpointContributor> contributors,
      WasmProperties properties) {
    return new WasmEndpoint(
        manager,
        new SharedResources(engine, cache, codeStore.getIfAvailable(), budget),
        tasks,
        contributors.orderedStream().toList(),
        properties.isEnabled());
  }

  @Bean
  @ConditionalOnMissingBean
  @ConditionalOnBean(WasmEndpoint.class)
  WasmEndpointWebExtension wasmEndpointWebExtension(WasmEndpoint endpoint) {
    return new WasmEndpointWebExtension(endpoint);
  }
}
