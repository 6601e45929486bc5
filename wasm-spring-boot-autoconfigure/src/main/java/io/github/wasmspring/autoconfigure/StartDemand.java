package io.github.wasmspring.autoconfigure;

import io.github.wasmspring.autoconfigure.scan.ModuleClasses;
import io.github.wasmspring.module.WasmModuleOffer;
import io.github.wasmspring.module.WasmModuleProvider;
import java.util.ServiceLoader;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.env.Environment;

/**
 * Whether the application says more about modules than that providers are on its class path, or one
 * of these wants a module to be loaded ahead. If not, nobody has to look at modules before one is
 * needed. Settings ask for them, too: they are checked by being used.
 */
final class StartDemand {

  private final ConfigurableListableBeanFactory beanFactory;
  private final Environment environment;

  StartDemand(ConfigurableListableBeanFactory beanFactory, Environment environment) {
    this.beanFactory = beanFactory;
    this.environment = environment;
  }

  /** Makes none of the beans that it asks for, and binds no properties. */
  boolean exists() {
    return ConfiguredProperties.existBelow("wasm", this.environment)
        || isBean(WasmModuleProvider.class)
        || isBean(WasmModuleCustomizer.class)
        || !ModuleClasses.of(this.beanFactory).isEmpty()
        || isAnyLoadedAhead();
  }

  private boolean isBean(Class<?> type) {
    return this.beanFactory.getBeanNamesForType(type, true, false).length > 0;
  }

  private boolean isAnyLoadedAhead() {
    for (WasmModuleProvider provider :
        ServiceLoader.load(WasmModuleProvider.class, ClassLoaders.of(this.beanFactory))) {
      for (WasmModuleOffer offer : provider.offers()) {
        if (!offer.lazy()) {
          return true;
        }
      }
    }
    return false;
  }
}
