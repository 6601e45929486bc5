package io.github.wasmspring.autoconfigure.scan;

import io.github.wasmspring.WasmModule;
import io.github.wasmspring.module.WasmModuleOffer;
import io.github.wasmspring.module.WasmModuleProvider;
import java.beans.Introspector;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.ServiceLoader;
import java.util.Set;
import org.springframework.aop.scope.ScopedProxyUtils;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.annotation.AnnotatedGenericBeanDefinition;
import org.springframework.beans.factory.config.BeanDefinitionHolder;
import org.springframework.beans.factory.support.AbstractBeanDefinition;
import org.springframework.beans.factory.support.BeanDefinitionReaderUtils;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.boot.autoconfigure.AutoConfigurationPackages;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.AnnotationConfigUtils;
import org.springframework.context.annotation.AnnotationScopeMetadataResolver;
import org.springframework.context.annotation.ImportBeanDefinitionRegistrar;
import org.springframework.context.annotation.ScopeMetadata;
import org.springframework.context.annotation.ScopeMetadataResolver;
import org.springframework.context.annotation.ScopedProxyMode;
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

  private static final ScopeMetadataResolver SCOPES = new AnnotationScopeMetadataResolver();

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
    Set<String> ours = new HashSet<>();
    WasmModuleScanner scanner =
        new WasmModuleScanner(this.environment, this.resources, this.classLoader);
    for (MarkedType marked : scanner.scan(packages())) {
      register(marked, ours, registry);
    }
    if (Binder.get(this.environment).bind("wasm.providers.enabled", Boolean.class).orElse(true)) {
      for (WasmModuleProvider provider :
          ServiceLoader.load(WasmModuleProvider.class, this.classLoader)) {
        for (WasmModuleOffer module : provider.offers()) {
          register(module, provider, registry);
        }
      }
    }
  }

  private Set<String> packages() {
    Set<String> packages = new LinkedHashSet<>();
    for (ScannedPackages scanned :
        this.beanFactory.getBeansOfType(ScannedPackages.class).values()) {
      packages.addAll(scanned.names());
    }
    if (packages.isEmpty() && AutoConfigurationPackages.has(this.beanFactory)) {
      packages.addAll(AutoConfigurationPackages.get(this.beanFactory));
    }
    return packages;
  }

  /** One of the others that were found does not stand in for it, be it that it extends it. */
  private void register(MarkedType marked, Set<String> ours, BeanDefinitionRegistry registry) {
    Class<?> type = marked.type();
    if (ours.containsAll(beansOf(type))) {
      AnnotatedGenericBeanDefinition definition = definition(type, marked.origin());
      if (type.isInterface()) {
        WasmModule marker = type.getAnnotation(WasmModule.class);
        bind(definition, MarkerText.idOf(marker), marker.version());
      }
      ours.add(register(definition, registry));
    }
  }

  private void register(
      WasmModuleOffer module, WasmModuleProvider provider, BeanDefinitionRegistry registry) {
    for (Class<?> type : module.types()) {
      if (beansOf(type).isEmpty()) {
        AnnotatedGenericBeanDefinition definition =
            definition(
                type,
                "module '%s %s' of %s"
                    .formatted(module.id(), module.version(), provider.getClass().getName()));
        WasmModule marker = type.getAnnotation(WasmModule.class);
        if (marker != null) {
          bind(definition, MarkerText.idOf(marker), marker.version());
        } else {
          bind(definition, module.id(), module.version());
        }
        if (definition.getLazyInit() == null) {
          definition.setLazyInit(true);
        }
        register(definition, registry);
      }
    }
  }

  /** As component scanning makes them: {@code @Lazy}, {@code @Primary} and the like count. */
  private static AnnotatedGenericBeanDefinition definition(Class<?> type, String origin) {
    AnnotatedGenericBeanDefinition definition = new AnnotatedGenericBeanDefinition(type);
    definition.setResourceDescription(origin);
    AnnotationConfigUtils.processCommonDefinitionAnnotations(definition);
    return definition;
  }

  private static void bind(AbstractBeanDefinition definition, String id, String range) {
    definition.setInstanceSupplier(new BoundInterface<>(id, range));
    if (definition.getDescription() == null) {
      definition.setDescription("Interface of a WebAssembly module");
    }
  }

  private List<String> beansOf(Class<?> type) {
    return List.of(this.beanFactory.getBeanNamesForType(type, true, false));
  }

  /** Two types of the same simple name are told apart by their package. */
  private static String register(
      AnnotatedGenericBeanDefinition definition, BeanDefinitionRegistry registry) {
    Class<?> type = definition.getBeanClass();
    String shortName = Introspector.decapitalize(ClassUtils.getShortName(type));
    String name = registry.isBeanNameInUse(shortName) ? type.getName() : shortName;
    ScopeMetadata scope = SCOPES.resolveScopeMetadata(definition);
    definition.setScope(scope.getScopeName());
    BeanDefinitionHolder holder = new BeanDefinitionHolder(definition, name);
    BeanDefinitionReaderUtils.registerBeanDefinition(
        scope.getScopedProxyMode() == ScopedProxyMode.NO
            ? holder
            : ScopedProxyUtils.createScopedProxy(
                holder, registry, scope.getScopedProxyMode() == ScopedProxyMode.TARGET_CLASS),
        registry);
    return name;
  }
}
