package io.github.wasmspring.autoconfigure.health;

import io.github.wasmspring.autoconfigure.OfferedModules;
import io.github.wasmspring.autoconfigure.WasmAutoConfiguration;
import io.github.wasmspring.autoconfigure.WasmProperties;
import io.github.wasmspring.client.WasmModuleManager;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.HealthContributor;
import org.springframework.context.annotation.Bean;

/** Auto-configuration for the health of WebAssembly modules. */
@AutoConfiguration(after = WasmAutoConfiguration.class)
@ConditionalOnClass({HealthContributor.class, ConditionalOnEnabledHealthIndicator.class})
@ConditionalOnBean(WasmModuleManager.class)
@ConditionalOnEnabledHealthIndicator("wasm")
public final class WasmHealthContributorAutoConfiguration {

  @Bean
  @ConditionalOnMissingBean(name = {"wasmHealthIndicator", "wasmHealthContributor"})
  WasmHealthContributor wasmHealthContributor(
      WasmModuleManager manager, OfferedModules offered, WasmProperties properties) {
    return new WasmHealthContributor(manager, offered, properties.isEnabled());
  }
}
