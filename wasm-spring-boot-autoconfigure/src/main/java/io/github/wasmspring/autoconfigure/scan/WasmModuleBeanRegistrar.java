package io.github.wasmspring.autoconfigure.scan;

import io.github.wasmspring.WasmModule;
import io.github.wasmspring.client.WasmModuleManager;
import io.github.wasmspring.client.WasmModulePreloader;
import io.github.wasmspring.module.WasmModuleDescriptor;
import io.github.wasmspring.module.WasmModuleProvider;
import java.beans.Introspector;
import java.util.LinkedHashSet;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.function.Function;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.support.AbstractBeanDefinition;
import org.springframework.beans.factory.support.BeanDefinitionBuilder;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.boot.autoconfigure.AutoConfigurationPackages;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.ImportBeanDefinitionRegistrar;
import org.springframework.core.env.Environment;
import org.springframework.core.io.ResourceLoader;
import org.springframework.core.type.AnnotationMetadata;
import org.springframework.util.ClassUtils;

/**
 * Makes beans of {@link WasmModule} types: interfaces are bound to their module, classes created as
 * any component. A type of which there is a bean already is left alone. The interfaces that
 * providers on the class path bring along become lazy beans, so that nobody pays for a module that
 * is not used.
 */
public final class WasmModuleBeanRegistrar implements ImportBeanDefinitionRegistrar {

  private final ListableBeanFactory beanFactory;
  private final Environment environment;
  private final ResourceLoader resources;
  private final ClassLoader classLoader;

  WasmModuleBeanRegistrar(
      BeanFactory beanFactory,
      Environment environment,
      ResourceLoader resources,
      ClassLoader classLoader) {
    this.beanFactory = (ListableBeanFactory) beanFactory;
    this.environment = environment;
    this.resources = resources;
    this.classLoader = classLoader;
  }

  @Override
  public void registerBeanDefinitions(
      AnnotationMetadata importing, BeanDefinitionRegistry registry) {
    new WasmModuleScanner(this.environment, this.resources, this.classLoader)
        .scan(packages())
        .forEach(type -> register(type, registry));
    if (Binder.get(this.environment).bind("wasm.providers.enabled", Boolean.class).orElse(true)) {
      ServiceLoader.load(WasmModuleProvider.class, this.classLoader)
          .forEach(provider -> provider.modules().forEach(module -> register(module, registry)));
    }
  }

  private Set<String> packages() {
    Set<String> packages = new LinkedHashSet<>();
    this.beanFactory
        .getBeansOfType(ScannedPackages.class)
        .values()
        .forEach(scanned -> packages.addAll(scanned.names()));
    if (packages.isEmpty() && AutoConfigurationPackages.has(this.beanFactory)) {
      packages.addAll(AutoConfigurationPackages.get(this.beanFactory));
    }
    return packages;
  }

  private void register(Class<?> type, BeanDefinitionRegistry registry) {
    if (type.isInterface()) {
      registerInterface(type, manager -> manager.bind(type), false, registry);
    } else if (isAbsent(type)) {
      register(type, BeanDefinitionBuilder.rootBeanDefinition(type).getBeanDefinition(), registry);
    }
  }

  private void register(WasmModuleDescriptor module, BeanDefinitionRegistry registry) {
    for (Class<?> type : module.types()) {
      registerInterface(
          type,
          type.isAnnotationPresent(WasmModule.class)
              ? manager -> manager.bind(type)
              : manager -> manager.bind(type, module.id(), module.version()),
          true,
          registry);
    }
  }

  @SuppressWarnings("unchecked")
  private void registerInterface(
      Class<?> type,
      Function<WasmModuleManager, ?> bind,
      boolean lazy,
      BeanDefinitionRegistry registry) {
    if (isAbsent(type)) {
      AbstractBeanDefinition definition =
          BeanDefinitionBuilder.rootBeanDefinition(
                  (Class<Object>) type, () -> bind.apply(manager()))
              .setLazyInit(lazy)
              .getBeanDefinition();
      definition.setDescription("Interface of a WebAssembly module");
      register(type, definition, registry);
    }
  }

  /** What is to be loaded ahead is begun before the first interface waits for its own module. */
  private WasmModuleManager manager() {
    this.beanFactory.getBeanProvider(WasmModulePreloader.class).getIfAvailable();
    return this.beanFactory.getBean(WasmModuleManager.class);
  }

  private boolean isAbsent(Class<?> type) {
    return this.beanFactory.getBeanNamesForType(type, true, false).length == 0;
  }

  /** Two types of the same simple name are told apart by their package. */
  private static void register(
      Class<?> type, AbstractBeanDefinition definition, BeanDefinitionRegistry registry) {
    String name = Introspector.decapitalize(ClassUtils.getShortName(type));
    registry.registerBeanDefinition(
        registry.isBeanNameInUse(name) ? type.getName() : name, definition);
  }
}
