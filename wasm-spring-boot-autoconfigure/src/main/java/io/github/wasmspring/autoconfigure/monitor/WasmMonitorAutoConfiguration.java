package io.github.wasmspring.autoconfigure.monitor;

import io.github.wasmspring.autoconfigure.WasmAutoConfiguration;
import io.github.wasmspring.monitor.MonitorFindings;
import io.github.wasmspring.monitor.MonitoredCalls;
import io.github.wasmspring.monitor.PerformanceMonitor;
import io.github.wasmspring.monitor.RegressionListener;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;

/** Auto-configuration for the performance monitor, fed by the calls of WebAssembly modules. */
@AutoConfiguration(before = WasmAutoConfiguration.class)
@ConditionalOnClass(PerformanceMonitor.class)
@ConditionalOnBooleanProperty("wasm.monitor.enabled")
@EnableConfigurationProperties(WasmMonitorProperties.class)
public final class WasmMonitorAutoConfiguration {

  @Bean
  @ConditionalOnMissingBean
  PerformanceMonitor wasmPerformanceMonitor(
      WasmMonitorProperties properties,
      ObjectProvider<RegressionListener> listeners,
      ObjectProvider<PerformanceMonitorCustomizer> customizers,
      ApplicationEventPublisher publisher) {
    PerformanceMonitor.Builder monitor =
        PerformanceMonitor.builder().settings(MonitorSettingsMapper.of(properties));
    listeners.orderedStream().forEach(monitor::listener);
    monitor.listener(publisher::publishEvent);
    customizers.orderedStream().forEach(each -> each.customize(monitor));
    return monitor.build();
  }

  @Bean
  @ConditionalOnBooleanProperty(name = "wasm.monitor.calls", matchIfMissing = true)
  @ConditionalOnMissingBean
  MonitoredCalls wasmMonitoredCalls(PerformanceMonitor monitor) {
    return new MonitoredCalls(monitor);
  }

  @Bean
  @ConditionalOnMissingBean
  MonitorFindings wasmMonitorFindings(PerformanceMonitor monitor) {
    return new MonitorFindings(monitor);
  }
}
