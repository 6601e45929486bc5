package io.github.wasmspring.autoconfigure;

import io.github.wasmspring.module.WasmModuleRegistry;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanPostProcessor;

/** Fills every registry before anybody gets to see it, a registry of the user's included. */
final class ModuleRegistration implements BeanPostProcessor {

  private final ObjectProvider<WasmModuleCatalog> catalog;
  private final ObjectProvider<RegistryContributor> contributors;
  private volatile boolean needed;

  ModuleRegistration(
      ObjectProvider<WasmModuleCatalog> catalog, ObjectProvider<RegistryContributor> contributors) {
    this.catalog = catalog;
    this.contributors = contributors;
  }

  @Override
  public Object postProcessAfterInitialization(Object bean, String beanName) {
    if (bean instanceof WasmModuleRegistry registry) {
      this.needed = true;
      this.catalog.getObject().fill(registry);
      this.contributors.orderedStream().forEach(each -> each.contribute(registry));
    }
    return bean;
  }

  /** Whether anybody has needed a registry yet. */
  boolean isNeeded() {
    return this.needed;
  }
}
