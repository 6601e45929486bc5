package io.github.wasmspring.autoconfigure.data;

import io.github.wasmspring.autoconfigure.WasmAutoConfiguration;
import io.github.wasmspring.client.WasmModuleManager;
import io.github.wasmspring.data.DataProcessor;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Lazy;

/** Auto-configuration for the data processor. */
@AutoConfiguration(after = WasmAutoConfiguration.class)
@ConditionalOnClass(DataProcessor.class)
@ConditionalOnBean(WasmModuleManager.class)
@ConditionalOnBooleanProperty(name = "wasm.services.data.enabled", matchIfMissing = true)
@EnableConfigurationProperties(WasmDataProperties.class)
public final class WasmDataAutoConfiguration {

  @Bean
  @Lazy
  @ConditionalOnMissingBean
  DataProcessor wasmDataProcessor(WasmModuleManager manager, WasmDataProperties properties) {
    return DataProcessor.of(manager, MappedDataSettings.of(properties));
  }
}
