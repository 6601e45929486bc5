package io.github.wasmspring.autoconfigure;

import io.github.wasmspring.autoconfigure.scan.WasmModuleBeanRegistrar;
import io.github.wasmspring.client.WasmModuleManager;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Import;

/**
 * Auto-configuration for WebAssembly modules, a configuration for each part of the runtime. Their
 * beans are made when somebody needs them, so that an application pays for what it uses; {@link
 * ModulePreloading} needs them at the start where something is to be loaded then.
 */
@AutoConfiguration
@ConditionalOnClass(WasmModuleManager.class)
@EnableConfigurationProperties(WasmProperties.class)
@Import({
  EventConfiguration.class,
  ModuleConfiguration.class,
  LoadConfiguration.class,
  EngineConfiguration.class,
  SandboxConfiguration.class,
  CallConfiguration.class,
  StartConfiguration.class,
  WasmModuleBeanRegistrar.class
})
public final class WasmAutoConfiguration {}
