package io.github.wasmspring.autoconfigure;

import io.github.wasmspring.client.WasmModuleManager;
import io.github.wasmspring.event.WasmEventPublisher;
import io.github.wasmspring.runtime.WasmModulePreloader;
import io.github.wasmspring.runtime.WasmRuntime;
import java.util.Objects;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.env.Environment;

/** What is done while the application starts. */
@Configuration(proxyBeanMethods = false)
@Lazy
class StartConfiguration {

  private final WasmProperties properties;

  StartConfiguration(WasmProperties properties) {
    this.properties = properties;
  }

  @Bean(initMethod = "begin")
  @ConditionalOnMissingBean
  @ConditionalOnBooleanProperty(name = "wasm.enabled", matchIfMissing = true)
  WasmModulePreloader wasmModulePreloader(WasmModuleManager manager, WasmEventPublisher events) {
    int threads =
        Objects.requireNonNullElseGet(
            this.properties.getLoader().getPreloadThreads(), WasmModulePreloader::defaultThreads);
    return SettingsMapper.checked(
        "wasm.loader.preload-threads",
        threads,
        () -> new WasmModulePreloader(manager, threads, events));
  }

  @Bean
  @Lazy(false)
  static ModulePreloading wasmModulePreloading(
      ObjectProvider<WasmModuleManager> manager,
      ObjectProvider<WasmModulePreloader> preloader,
      ModuleRegistration registration,
      ConfigurableListableBeanFactory beanFactory,
      Environment environment) {
    return new ModulePreloading(
        manager, preloader, registration, new StartDemand(beanFactory, environment));
  }

  @Bean
  @Lazy(false)
  @ConditionalOnBooleanProperty("wasm.warm-up")
  static InitializingBean wasmWarmUp() {
    return WasmRuntime::warmUpInBackground;
  }
}
