package io.github.wasmspring.dashboard.autoconfigure;

import io.github.wasmspring.autoconfigure.WasmAutoConfiguration;
import io.github.wasmspring.autoconfigure.observe.endpoint.WasmErrorsEndpointAutoConfiguration;
import io.github.wasmspring.autoconfigure.observe.endpoint.WasmPerformanceEndpointAutoConfiguration;
import io.github.wasmspring.autoconfigure.observe.endpoint.WasmProfileEndpointAutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Import;

/**
 * Auto-configuration for the dashboard of WebAssembly modules, of web applications on Spring MVC
 * that enable it.
 */
@AutoConfiguration(
    after = {
      WasmAutoConfiguration.class,
      WasmErrorsEndpointAutoConfiguration.class,
      WasmPerformanceEndpointAutoConfiguration.class,
      WasmProfileEndpointAutoConfiguration.class
    },
    afterName = {
      "io.github.wasmspring.autoconfigure.plugin.WasmPluginAutoConfiguration",
      "io.github.wasmspring.autoconfigure.tenant.WasmTenantAutoConfiguration"
    })
@EnableConfigurationProperties(WasmDashboardProperties.class)
@Import({
  DashboardReportConfiguration.class,
  DashboardAuditConfiguration.class,
  DashboardSecurityConfiguration.class,
  DashboardServerConfiguration.class,
  DashboardPartsConfiguration.class,
  DashboardConfiguration.class,
  DashboardElsewhereConfiguration.class
})
public final class WasmDashboardAutoConfiguration {}
