package io.github.wasmspring.autoconfigure.code;

import io.github.wasmspring.autoconfigure.WasmAutoConfiguration;
import io.github.wasmspring.autoconfigure.WasmModuleCustomizer;
import io.github.wasmspring.client.WasmModuleManager;
import io.github.wasmspring.code.CodeExecutor;
import io.github.wasmspring.code.CodeExecutorSettings;
import org.jspecify.annotations.Nullable;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ImportRuntimeHints;
import org.springframework.context.annotation.Lazy;
import tools.jackson.databind.json.JsonMapper;

/** Auto-configuration for the executor of code. */
@AutoConfiguration(after = WasmAutoConfiguration.class)
@ConditionalOnClass(CodeExecutor.class)
@ConditionalOnBean(WasmModuleManager.class)
@ConditionalOnBooleanProperty(name = "wasm.services.code.execute.enabled", matchIfMissing = true)
@EnableConfigurationProperties(WasmCodeExecutorProperties.class)
@ImportRuntimeHints(WasmCodeExecutorAutoConfiguration.DriverHints.class)
public final class WasmCodeExecutorAutoConfiguration {

  @Bean
  @Lazy
  @ConditionalOnMissingBean
  CodeExecutor wasmCodeExecutor(
      WasmModuleManager manager,
      WasmCodeExecutorProperties properties,
      ObjectProvider<JsonMapper> mapper) {
    CodeExecutorSettings settings = MappedCodeExecutorSettings.of(properties);
    JsonMapper own = mapper.getIfUnique();
    return CodeExecutor.of(
        manager, own == null ? settings : settings.withJson(new CodeJsonOfApplication(own)));
  }

  @Bean
  WasmModuleCustomizer wasmCodeLibraries(WasmCodeExecutorProperties properties) {
    return new CodeLibraries(properties.getLibraries());
  }

  /** A native image has only the resources that it is told of. */
  static final class DriverHints implements RuntimeHintsRegistrar {

    @Override
    public void registerHints(RuntimeHints hints, @Nullable ClassLoader classLoader) {
      hints.resources().registerPattern("io/github/wasmspring/internal/code/driver.js");
    }
  }
}
