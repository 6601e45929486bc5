package io.github.wasmspring.dashboard.autoconfigure;

import io.github.wasmspring.client.WasmModuleManager;
import io.github.wasmspring.engine.CompiledCodeStore;
import io.github.wasmspring.internal.sandbox.CallWatchdog;
import io.github.wasmspring.internal.sandbox.MemoryBudget;
import io.github.wasmspring.observe.WasmErrorReporter;
import io.github.wasmspring.observe.WasmFindingSource;
import io.github.wasmspring.observe.WasmPerformanceReporter;
import io.github.wasmspring.observe.WasmProfiler;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The reports and the profiler, where no endpoint has them. */
@Configuration(proxyBeanMethods = false)
@OnDashboard
class DashboardReportConfiguration {

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
  WasmProfiler wasmProfiler(CallWatchdog watchdog) {
    return new WasmProfiler(watchdog);
  }
}
