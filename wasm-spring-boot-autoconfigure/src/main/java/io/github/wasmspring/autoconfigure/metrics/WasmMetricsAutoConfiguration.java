package io.github.wasmspring.autoconfigure.metrics;

import io.github.wasmspring.autoconfigure.WasmAutoConfiguration;
import io.github.wasmspring.client.WasmModuleManager;
import io.github.wasmspring.engine.CompiledCodeStore;
import io.github.wasmspring.engine.CompiledModuleCache;
import io.github.wasmspring.event.WasmEventPublisher;
import io.github.wasmspring.internal.sandbox.MemoryBudget;
import io.github.wasmspring.work.WasmTaskExecutor;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/** Auto-configuration for the meters of WebAssembly modules. */
@AutoConfiguration(
    after = WasmAutoConfiguration.class,
    afterName = {
      "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration",
      "org.springframework.boot.micrometer.metrics.autoconfigure.export.simple.SimpleMetricsExportAutoConfiguration"
    })
@ConditionalOnClass(MeterRegistry.class)
@ConditionalOnBean({MeterRegistry.class, WasmModuleManager.class})
public final class WasmMetricsAutoConfiguration {

  @Bean
  @ConditionalOnMissingBean
  WasmCallMetrics wasmCallMetrics(MeterRegistry registry) {
    return new WasmCallMetrics(registry);
  }

  @Bean
  @ConditionalOnMissingBean
  WasmEventMetrics wasmEventMetrics(MeterRegistry registry) {
    return new WasmEventMetrics(registry);
  }

  @Bean
  @ConditionalOnMissingBean
  WasmModuleMetrics wasmModuleMetrics(WasmModuleManager manager, WasmEventPublisher events) {
    return new WasmModuleMetrics(manager, events);
  }

  @Bean
  @ConditionalOnMissingBean
  WasmCacheMetrics wasmCacheMetrics(CompiledModuleCache cache) {
    return new WasmCacheMetrics(cache);
  }

  @Bean
  @ConditionalOnMissingBean
  @ConditionalOnBean(CompiledCodeStore.class)
  WasmDiskCacheMetrics wasmDiskCacheMetrics(CompiledCodeStore store) {
    return new WasmDiskCacheMetrics(store);
  }

  @Bean
  @ConditionalOnMissingBean
  WasmMemoryMetrics wasmMemoryMetrics(MemoryBudget budget) {
    return new WasmMemoryMetrics(budget);
  }

  @Bean
  @ConditionalOnMissingBean
  WasmTaskMetrics wasmTaskMetrics(
      WasmTaskExecutor tasks, WasmModuleManager manager, WasmEventPublisher events) {
    return new WasmTaskMetrics(tasks, manager, events);
  }
}
