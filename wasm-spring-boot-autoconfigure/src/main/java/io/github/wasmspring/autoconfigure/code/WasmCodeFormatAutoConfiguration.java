package io.github.wasmspring.autoconfigure.code;

import io.github.wasmspring.autoconfigure.WasmAutoConfiguration;
import io.github.wasmspring.client.WasmModuleManager;
import io.github.wasmspring.code.CodeFormatter;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Lazy;

/** Auto-configuration for the formatter of code. */
@AutoConfiguration(after = WasmAutoConfiguration.class)
@ConditionalOnClass(CodeFormatter.class)
@ConditionalOnBean(WasmModuleManager.class)
@ConditionalOnBooleanProperty(name = "wasm.services.code.format.enabled", matchIfMissing = true)
@EnableConfigurationProperties(WasmCodeFormatProperties.class)
public final class WasmCodeFormatAutoConfiguration {

  @Bean
  @Lazy
  @ConditionalOnMissingBean
  CodeFormatter wasmCodeFormatter(WasmModuleManager manager, WasmCodeFormatProperties properties) {
    return CodeFormatter.of(manager, MappedCodeFormatSettings.of(properties));
  }
}
