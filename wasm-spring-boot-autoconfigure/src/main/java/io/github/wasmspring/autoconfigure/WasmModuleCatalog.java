package io.github.wasmspring.autoconfigure;

import io.github.wasmspring.WasmErrorContext;
import io.github.wasmspring.WasmModuleNotFoundException;
import io.github.wasmspring.autoconfigure.scan.FallbackOperations;
import io.github.wasmspring.autoconfigure.scan.ModuleClass;
import io.github.wasmspring.autoconfigure.scan.ModuleClasses;
import io.github.wasmspring.client.WasmModuleManager;
import io.github.wasmspring.internal.module.ModuleProperty;
import io.github.wasmspring.internal.module.NearMatches;
import io.github.wasmspring.internal.sandbox.MemoryBudget;
import io.github.wasmspring.module.WasmModuleDescriptor;
import io.github.wasmspring.module.WasmModuleProvider;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

/**
 * Collects the modules of the application: from providers on the class path and among the beans,
 * from classes and from properties. What properties say about a module wins over what its provider
 * says, and customizers have the last word.
 */
final class WasmModuleCatalog implements SmartInitializingSingleton {

  private final WasmProperties properties;
  private final ConfigurableListableBeanFactory beanFactory;
  private final ObjectProvider<MemoryBudget> budget;
  private final ObjectProvider<WasmModuleProvider> providers;
  private final ObjectProvider<WasmModuleCustomizer> customizers;
  private volatile List<ModuleClass> classes = List.of();
  private final OfferedModules offered;

  WasmModuleCatalog(
      WasmProperties properties,
      ConfigurableListableBeanFactory beanFactory,
      ObjectProvider<MemoryBudget> budget,
      ObjectProvider<WasmModuleProvider> providers,
      ObjectProvider<WasmModuleCustomizer> customizers,
      OfferedModules offered) {
    this.properties = properties;
    this.beanFactory = beanFactory;
    this.budget = budget;
    this.providers = providers;
    this.customizers = customizers;
    this.offered = offered;
  }

  List<WasmModuleDescriptor> modules() {
    List<ModuleClass> classes = ModuleClasses.of(this.beanFactory);
    this.classes = classes;
    List<WasmModuleDescriptor> modules = provided();
    Set<String> offered = new HashSet<>();
    modules.forEach(module -> offered.add(module.id()));
    this.providers.orderedStream().forEach(provider -> modules.addAll(provider.modules()));
    classes.stream()
        .filter(ModuleClass::hasLocation)
        .map(ModuleClass::descriptor)
        .forEach(modules::add);
    Map<String, WasmProperties.Module> configured =
        new ModuleIdMapper(
                modules.stream().map(WasmModuleDescriptor::id).toList(), this.beanFactory)
            .byId(this.properties.getModules());
    offered.removeAll(configured.keySet());
    classes.forEach(type -> offered.remove(type.id()));
    this.offered.set(offered);
    configured.forEach((id, module) -> configure(id, module, modules));
    modules.replaceAll(module -> withSettings(module, configured.get(module.id())));
    new BeyondReach(this.properties, this.budget).warn(configured, modules);
    classes.stream().filter(type -> !type.hasLocation()).forEach(type -> augment(type, modules));
    modules.replaceAll(this::customize);
    return modules;
  }

  /** Now that all interfaces are bound, what no operation asks for is a mistake. */
  @Override
  public void afterSingletonsInstantiated() {
    if (!this.classes.isEmpty()) {
      this.beanFactory
          .getBeanProvider(WasmModuleManager.class)
          .ifAvailable(
              manager ->
                  this.classes.forEach(new FallbackOperations(this.beanFactory, manager)::check));
    }
  }

  /** What libraries on the class path bring along. */
  private List<WasmModuleDescriptor> provided() {
    List<WasmModuleDescriptor> modules = new ArrayList<>();
    if (this.properties.getProviders().isEnabled()) {
      for (WasmModuleProvider provider :
          ServiceLoader.load(WasmModuleProvider.class, ClassLoaders.of(this.beanFactory))) {
        modules.addAll(provider.modules());
      }
    }
    return modules;
  }

  private void configure(
      String id, WasmProperties.Module properties, List<WasmModuleDescriptor> modules) {
    ModuleIdentity identity = new ModuleIdentity(id, properties);
    List<WasmModuleDescriptor> known =
        modules.stream().filter(module -> module.id().equals(id)).toList();
    String location = properties.getLocation();
    if (known.isEmpty()) {
      if (location == null) {
        throw notFound(
            id,
            "%s says no location, and no provider brings a module of that id"
                .formatted(ModuleProperty.of(id)),
            modules);
      }
      modules.add(identity.create(id, location, ClassLoaders.of(this.beanFactory)));
      return;
    }
    WasmModuleDescriptor meant = known.get(0);
    if (known.size() > 1) {
      if (!identity.namesOneVersion()) {
        return;
      }
      meant = ofVersion(id, properties.getVersion(), known);
    }
    modules.set(modules.indexOf(meant), identity.override(meant));
  }

  private static WasmModuleDescriptor ofVersion(
      String id, @Nullable String version, Collection<WasmModuleDescriptor> known) {
    return known.stream()
        .filter(module -> module.version().equals(version))
        .findFirst()
        .orElseThrow(
            () ->
                new InvalidConfigurationPropertyValueException(
                    ModuleProperty.of(id, "version"),
                    version,
                    "There are several versions of this module, "
                        + known.stream().map(WasmModuleDescriptor::version).toList()
                        + "; say which of them is meant"));
  }

  private WasmModuleDescriptor withSettings(
      WasmModuleDescriptor module, WasmProperties.@Nullable Module configured) {
    return module.toBuilder()
        .settings(
            settings ->
                ModuleSettingsMapper.map(module.id(), this.properties, configured, settings))
        .build();
  }

  private static void augment(ModuleClass type, List<WasmModuleDescriptor> modules) {
    if (modules.stream().noneMatch(type::augments)) {
      throw notFound(
          type.id(),
          "the class %s adds methods to it and says no location, and nothing else brings it"
              .formatted(type.type().getName()),
          modules);
    }
    modules.replaceAll(module -> type.augments(module) ? type.augment(module) : module);
  }

  private WasmModuleDescriptor customize(WasmModuleDescriptor module) {
    WasmModuleDescriptor customized = module;
    for (WasmModuleCustomizer customizer : this.customizers.orderedStream().toList()) {
      customized = customizer.customize(customized);
    }
    return customized;
  }

  private static RuntimeException notFound(
      String id, String detail, List<WasmModuleDescriptor> modules) {
    List<String> known = modules.stream().map(WasmModuleDescriptor::id).distinct().toList();
    return new WasmModuleNotFoundException(detail, id, NearMatches.of(id, known), known)
        .locate(WasmErrorContext.of(id, null));
  }
}
