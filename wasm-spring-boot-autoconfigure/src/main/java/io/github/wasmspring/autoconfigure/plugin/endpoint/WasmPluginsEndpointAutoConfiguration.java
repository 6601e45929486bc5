package io.github.wasmspring.autoconfigure.plugin.endpoint;

import io.github.wasmspring.autoconfigure.plugin.WasmPluginAutoConfiguration;
import io.github.wasmspring.plugin.WasmPlugins;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/** Auto-configuration for the endpoint of plug-ins. */
@AutoConfiguration(after = WasmPluginAutoConfiguration.class)
@ConditionalOnClass({Endpoint.class, ConditionalOnAvailableEndpoint.class, WasmPlugins.class})
@ConditionalOnBean(WasmPlugins.class)
@ConditionalOnAvailableEndpoint(WasmPluginsEndpoint.class)
public final class WasmPluginsEndpointAutoConfiguration {

  @Bean
  @ConditionalOnMissingBean
  WasmPluginsEndpoint wasmPluginsEndpoint(WasmPlugins plugins) {
    return new WasmPluginsEndpoint(plugins);
  }

  @Bean
  @ConditionalOnMissingBean
  @ConditionalOnBean(WasmPluginsEndpoint.class)
  WasmPluginsEndpointWebExtension wasmPluginsEndpointWebExtension(WasmPluginsEndpoint endpoint) {
    return new WasmPluginsEndpointWebExtension(endpoint);
  }
}
