package io.github.wasmspring.autoconfigure.monitor.endpoint;

import io.github.wasmspring.autoconfigure.endpoint.WasmEndpoint;
import io.github.wasmspring.autoconfigure.endpoint.WasmEndpointAutoConfiguration;
import io.github.wasmspring.autoconfigure.monitor.WasmMonitorAutoConfiguration;
import io.github.wasmspring.monitor.PerformanceMonitor;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;

/** Auto-configuration for what the endpoint of WebAssembly modules shows of the monitor. */
@AutoConfiguration(
    after = WasmMonitorAutoConfiguration.class,
    before = WasmEndpointAutoConfiguration.class)
@ConditionalOnClass({
  Endpoint.class,
  ConditionalOnAvailableEndpoint.class,
  PerformanceMonitor.class
})
@ConditionalOnBean(PerformanceMonitor.class)
@ConditionalOnAvailableEndpoint(WasmEndpoint.class)
public final class WasmMonitorEndpointAutoConfiguration {

  @Bean
  MonitorEndpointContributor wasmMonitorEndpointContributor(PerformanceMonitor monitor) {
    return new MonitorEndpointContributor(monitor);
  }
}
