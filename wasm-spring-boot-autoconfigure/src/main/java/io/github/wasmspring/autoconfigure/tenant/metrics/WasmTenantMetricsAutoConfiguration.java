package io.github.wasmspring.autoconfigure.tenant.metrics;

import io.github.wasmspring.autoconfigure.tenant.WasmTenantAutoConfiguration;
import io.github.wasmspring.tenant.WasmTenants;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/** Auto-configuration for the meters of tenants of WebAssembly modules. */
@AutoConfiguration(
    after = WasmTenantAutoConfiguration.class,
    afterName = {
      "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration",
      "org.springframework.boot.micrometer.metrics.autoconfigure.export.simple.SimpleMetricsExportAutoConfiguration"
    })
@ConditionalOnClass({MeterRegistry.class, WasmTenants.class})
@ConditionalOnBean({MeterRegistry.class, WasmTenants.class})
public final class WasmTenantMetricsAutoConfiguration {

  @Bean
  @ConditionalOnMissingBean
  WasmTenantMetrics wasmTenantMetrics(WasmTenants tenants) {
    return new WasmTenantMetrics(tenants);
  }
}
