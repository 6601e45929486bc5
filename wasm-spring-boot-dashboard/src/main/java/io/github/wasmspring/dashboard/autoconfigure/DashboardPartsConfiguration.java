package io.github.wasmspring.dashboard.autoconfigure;

import io.github.wasmspring.client.WasmModuleManager;
import io.github.wasmspring.dashboard.DashboardPlugins;
import io.github.wasmspring.dashboard.section.CallTimesSection;
import io.github.wasmspring.dashboard.section.InstalledPlugins;
import io.github.wasmspring.dashboard.section.RolloutSection;
import io.github.wasmspring.dashboard.section.TenantSection;
import io.github.wasmspring.monitor.PerformanceMonitor;
import io.github.wasmspring.plugin.WasmPluginSettings;
import io.github.wasmspring.plugin.WasmPlugins;
import io.github.wasmspring.tenant.WasmTenants;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What is shown of call times, plug-ins, rollouts and tenants, where the application has them. */
@Configuration(proxyBeanMethods = false)
@OnDashboard
class DashboardPartsConfiguration {

  @Bean
  @ConditionalOnBean(WasmPlugins.class)
  @ConditionalOnMissingBean(DashboardPlugins.class)
  InstalledPlugins wasmDashboardPlugins(
      WasmPlugins plugins, ObjectProvider<WasmPluginSettings> settings) {
    WasmPluginSettings known = settings.getIfAvailable();
    return new InstalledPlugins(
        plugins, known == null ? WasmPluginSettings.DEFAULT_MAX_SIZE : known.maxSize());
  }

  @Bean
  @ConditionalOnMissingBean
  RolloutSection wasmDashboardRollouts(WasmModuleManager manager) {
    return new RolloutSection(manager);
  }

  @Bean
  @ConditionalOnBean(WasmTenants.class)
  @ConditionalOnMissingBean
  TenantSection wasmDashboardTenants(WasmTenants tenants) {
    return new TenantSection(tenants);
  }

  /** The performance monitor is a library of its own. */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass(PerformanceMonitor.class)
  static class MonitorConfiguration {

    @Bean
    @ConditionalOnBean(PerformanceMonitor.class)
    @ConditionalOnMissingBean
    CallTimesSection wasmDashboardCallTimes(PerformanceMonitor monitor) {
      return new CallTimesSection(monitor);
    }
  }
}
