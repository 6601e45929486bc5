package io.github.wasmspring.autoconfigure;

import io.github.wasmspring.autoconfigure.scan.HostFunctionClasses;
import io.github.wasmspring.event.WasmEventPublisher;
import io.github.wasmspring.internal.sandbox.MemoryBudget;
import io.github.wasmspring.module.WasmHostFunctionLibrary;
import io.github.wasmspring.module.WasmHostFunctionOffer;
import io.github.wasmspring.module.WasmImportDefinition;
import io.github.wasmspring.module.WasmModuleProvider;
import io.github.wasmspring.module.WasmModuleRegistry;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;

/** What modules there are, and what they may import. */
@Configuration(proxyBeanMethods = false)
@Lazy
class ModuleConfiguration {

  private final WasmProperties properties;

  ModuleConfiguration(WasmProperties properties) {
    this.properties = properties;
  }

  @Bean
  WasmModuleCatalog wasmModuleCatalog(
      ConfigurableListableBeanFactory beanFactory,
      ObjectProvider<MemoryBudget> budget,
      ObjectProvider<WasmModuleProvider> providers,
      ObjectProvider<WasmModuleCustomizer> customizers,
      OfferedModules offered) {
    return new WasmModuleCatalog(
        this.properties, beanFactory, budget, providers, customizers, offered);
  }

  @Bean
  static OfferedModules wasmOfferedModules() {
    return new OfferedModules();
  }

  @Bean
  static ModuleRegistration wasmModuleRegistration(
      ObjectProvider<WasmModuleCatalog> catalog, ObjectProvider<RegistryContributor> contributors) {
    return new ModuleRegistration(catalog, contributors);
  }

  @Bean
  LateModules wasmLateModules(
      ConfigurableListableBeanFactory beanFactory,
      ObjectProvider<WasmModuleCustomizer> customizers) {
    return new LateModules(this.properties, beanFactory, customizers);
  }

  @Bean
  @ConditionalOnMissingBean(WasmModuleRegistry.class)
  WasmModuleRegistry wasmModuleRegistry(WasmEventPublisher events) {
    return WasmModuleRegistry.create(events);
  }

  @Bean
  @ConditionalOnMissingBean
  WasmHostFunctionLibrary wasmHostFunctionLibrary(
      ConfigurableListableBeanFactory beanFactory,
      ObjectProvider<WasmHostFunctionOffer> offers,
      ObjectProvider<WasmImportDefinition> functions) {
    WasmHostFunctionLibrary library = new WasmHostFunctionLibrary(offers.orderedStream().toList());
    functions.orderedStream().forEach(library::add);
    HostFunctionClasses.functions(beanFactory).forEach(library::add);
    return library;
  }
}
