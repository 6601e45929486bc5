package io.github.wasmspring.autoconfigure;

import io.github.wasmspring.engine.CompiledCodeStore;
import io.github.wasmspring.engine.CompiledModuleCache;
import io.github.wasmspring.engine.WasmEngine;
import io.github.wasmspring.internal.engine.WasmEngines;
import java.util.Objects;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;

/** What makes code of bytes, and keeps it. */
@Configuration(proxyBeanMethods = false)
@Lazy
class EngineConfiguration {

  private final WasmProperties properties;

  EngineConfiguration(WasmProperties properties) {
    this.properties = properties;
  }

  @Bean
  @ConditionalOnMissingBean
  WasmEngine wasmEngine(
      ObjectProvider<CompiledCodeStore> codeStore, ConfigurableListableBeanFactory beanFactory) {
    return WasmEngines.of(ClassLoaders.of(beanFactory))
        .create(
            this.properties.getEngine().getName(),
            codeStore.getIfAvailable(),
            this.properties.getEngine().getSimd());
  }

  @Bean
  @ConditionalOnMissingBean
  @Conditional(OnCodeDirectory.class)
  CompiledCodeStore compiledWasmCodeStore() {
    WasmProperties.Cache cache = this.properties.getCache();
    return new CompiledCodeStore(
        Objects.requireNonNull(cache.getDirectory()), cache.getMaxDiskSize().toBytes());
  }

  @Bean
  @ConditionalOnMissingBean
  CompiledModuleCache compiledWasmModuleCache() {
    return new CompiledModuleCache(this.properties.getCache().getMaxWeight().toBytes());
  }
}
