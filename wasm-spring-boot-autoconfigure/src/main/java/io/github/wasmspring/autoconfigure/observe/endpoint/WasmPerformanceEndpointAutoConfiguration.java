package io.github.wasmspring.autoconfigure.observe.endpoint;

import io.github.wasmspring.autoconfigure.WasmAutoConfiguration;
import io.github.wasmspring.client.WasmModuleManager;
import io.github.wasmspring.engine.CompiledCodeStore;
import io.github.wasmspring.internal.sandbox.MemoryBudget;
import io.github.wasmspring.observe.WasmFindingSource;
import io.github.wasmspring.observe.WasmPerformanceReporter;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/** Auto-configuration for the endpoint that says what could be better about modules. */
@AutoConfiguration(after = WasmAutoConfiguration.class)
@ConditionalOnClass({Endpoint.class, ConditionalOnAvailableEndpoint.class})
@ConditionalOnBean({WasmModuleManager.class, MemoryBudget.class})
@ConditionalOnAvailableEndpoint(WasmPerformanceEndpoint.class)
public final class WasmPerformanceEndpointAutoConfiguration {

  @Bean
  @ConditionalOnMissingBean
  WasmPerformanceReporter wasmPerformanceReporter(
      WasmModuleManager manager,
      MemoryBudget budget,
      ObjectProvider<CompiledCodeStore> codeStore,
      ObjectProvider<WasmFindingSource> sources) {
    return new WasmPerformanceReporter(manager, budget, codeStore.getIfAvailable())
        .with(sources.orderedStream().toList());
  }

  @Bean
  @ConditionalOnMissingBean
  WasmPerformanceEndpoint wasmPerformanceEndpoint(WasmPerformanceReporter reporter) {
    return new WasmPerformanceEndpoint(reporter);
  }
}
