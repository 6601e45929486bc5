package io.github.wasmspring.autoconfigure.services;

import io.github.wasmspring.autoconfigure.WasmAutoConfiguration;
import io.github.wasmspring.autoconfigure.WasmProperties;
import io.github.wasmspring.bundle.compute.Compute;
import io.github.wasmspring.client.WasmModuleManager;
import io.github.wasmspring.data.DataProcessor;
import io.github.wasmspring.engine.CompiledCodeStore;
import io.github.wasmspring.internal.sandbox.MemoryBudget;
import io.github.wasmspring.memory.AgentMemory;
import io.github.wasmspring.monitor.PerformanceMonitor;
import io.github.wasmspring.observe.WasmErrorReporter;
import io.github.wasmspring.observe.WasmFindingSource;
import io.github.wasmspring.observe.WasmPerformanceReporter;
import io.github.wasmspring.services.WasmServices;
import io.github.wasmspring.vector.VectorIndexes;
import java.util.function.Supplier;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/**
 * Auto-configuration for all services behind one entry point. They are the beans that there are,
 * each asked for at its first use.
 */
@AutoConfiguration(
    after = WasmAutoConfiguration.class,
    afterName = {
      "io.github.wasmspring.autoconfigure.data.WasmDataAutoConfiguration",
      "io.github.wasmspring.autoconfigure.memory.WasmAgentMemoryAutoConfiguration",
      "io.github.wasmspring.autoconfigure.monitor.WasmMonitorAutoConfiguration",
      "io.github.wasmspring.autoconfigure.observe.endpoint.WasmErrorsEndpointAutoConfiguration",
      "io.github.wasmspring.autoconfigure.observe.endpoint.WasmPerformanceEndpointAutoConfiguration",
      "io.github.wasmspring.autoconfigure.vector.WasmVectorAutoConfiguration"
    })
@ConditionalOnClass(WasmServices.class)
@ConditionalOnBean({WasmModuleManager.class, MemoryBudget.class})
public final class WasmServicesAutoConfiguration {

  @Bean
  @ConditionalOnMissingBean
  WasmErrorReporter wasmErrorReporter() {
    return new WasmErrorReporter();
  }

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
  WasmServices wasmServices(
      WasmModuleManager manager,
      WasmProperties wasm,
      WasmPerformanceReporter performance,
      WasmErrorReporter errors,
      ObjectProvider<PerformanceMonitor> monitor,
      ObjectProvider<Compute> compute,
      ObjectProvider<VectorIndexes> vectors,
      ObjectProvider<DataProcessor> data,
      ObjectProvider<AgentMemory> memory) {
    return WasmServices.builder()
        .over(
            manager,
            wasm.isEnabled(),
            monitor.getIfAvailable(PerformanceMonitor::create),
            performance,
            errors)
        .compute(() -> compute.getIfAvailable(() -> manager.bind(Compute.class)))
        .vectors(bean(vectors, "wasm.services.vector.enabled is false"))
        .data(bean(data, "wasm.services.data.enabled is false"))
        .memory(
            bean(
                memory,
                "it is kept where wasm.services.memory.location or wasm.services.memory.data-source says, and neither is set"))
        .build();
  }

  private static <T> Supplier<T> bean(ObjectProvider<T> beans, String why) {
    return () ->
        beans.getIfAvailable(
            () -> {
              throw new IllegalStateException(
                  "The application has no such service: %s".formatted(why));
            });
  }
}
