package io.github.wasmspring.autoconfigure;

import io.github.wasmspring.WasmVersionConflictException;
import io.github.wasmspring.autoconfigure.scan.FallbackOperations;
import io.github.wasmspring.autoconfigure.scan.ModuleClass;
import io.github.wasmspring.autoconfigure.scan.ModuleClasses;
import io.github.wasmspring.client.WasmModuleManager;
import io.github.wasmspring.internal.module.ModuleProperty;
import io.github.wasmspring.internal.sandbox.MemoryBudget;
import io.github.wasmspring.module.WasmModuleDescriptor;
import io.github.wasmspring.module.WasmModuleProvider;
import io.github.wasmspring.module.WasmModuleRegistry;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
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

  /**
   * Puts all modules into a registry.
   *
   * @throws InvalidConfigurationPropertyValueException if properties say what can't be
   */
  void fill(WasmModuleRegistry registry) {
    Map<String, String> defaults = new LinkedHashMap<>();
    modules(defaults).forEach(registry::register);
    defaults.forEach((id, range) -> useByDefault(id, range, registry));
  }

  private static void useByDefault(String id, String range, WasmModuleRegistry registry) {
    try {
      registry.useByDefault(id, range);
    } catch (WasmVersionConflictException
        | IllegalArgumentException
        | UnsupportedOperationException unfit) {
      throw new InvalidConfigurationPropertyValueException(
          ModuleProperty.of(id, "default-version"), range, unfit.getMessage(), unfit);
    }
  }

  /**
   * @param defaults the ranges of default versions are put here, by ids
   */
  private List<WasmModuleDescriptor> modules(Map<String, String> defaults) {
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
    ModuleIdMapper ids =
        new ModuleIdMapper(
            modules.stream().map(WasmModuleDescriptor::id).toList(), this.beanFactory);
    Map<String, WasmProperties.Module> configured = ids.byId(this.properties.getModules());
    offered.removeAll(configured.keySet());
    classes.forEach(type -> offered.remove(type.id()));
    this.offered.set(offered);
    boolean othersCome =
        this.beanFactory.getBeanNamesForType(RegistryContributor.class, true, false).length > 0;
    configured.forEach(
        (id, module) ->
            new ConfiguredModule(
                    id,
                    module,
                    spelled -> ids.id(spelled, configured.keySet()),
                    ClassLoaders.of(this.beanFactory))
                .addTo(modules, othersCome));
    configured.forEach(
        (id, module) -> {
          String range = module.getDefaultVersion();
          if (range != null && (!othersCome || isAmong(modules, id))) {
            defaults.put(id, range);
          }
        });
    modules.replaceAll(module -> withSettings(module, configured.get(module.id())));
    new BeyondReach(this.properties, this.budget).warn(configured, modules);
    classes.stream().filter(type -> !type.hasLocation()).forEach(type -> augment(type, modules));
    modules.replaceAll(this::customize);
    return modules;
  }

  private static boolean isAmong(List<WasmModuleDescriptor> modules, String id) {
    return modules.stream().anyMatch(module -> module.id().equals(id));
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

  private WasmModuleDescriptor withSettings(
      WasmModuleDescriptor module, WasmProperties.@Nullable Module configured) {
    return module.toBuilder()
        .settings(
            settings ->
                ModuleSettingsMapper.map(
                    module.id(), this.properties, configured, module.version(), settings))
        .build();
  }

  private static void augment(ModuleClass type, List<WasmModuleDescriptor> modules) {
    if (modules.stream().noneMatch(type::augments)) {
      throw ConfiguredModule.notFound(
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
}
