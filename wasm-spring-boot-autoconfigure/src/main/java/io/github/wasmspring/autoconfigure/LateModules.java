package io.github.wasmspring.autoconfigure;

import io.github.wasmspring.internal.module.ModuleProperty;
import io.github.wasmspring.module.WasmModuleDescriptor;
import io.github.wasmspring.module.WasmModuleRegistry;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;

/**
 * Gives modules that come while the application runs what properties and customizers say of them,
 * as the others have it from the start.
 */
public final class LateModules {

  private static final Logger logger = LoggerFactory.getLogger(LateModules.class);

  private final WasmProperties properties;
  private final ListableBeanFactory beanFactory;
  private final ObjectProvider<WasmModuleCustomizer> customizers;

  LateModules(
      WasmProperties properties,
      ListableBeanFactory beanFactory,
      ObjectProvider<WasmModuleCustomizer> customizers) {
    this.properties = properties;
    this.beanFactory = beanFactory;
    this.customizers = customizers;
  }

  /**
   * The module with its settings: those of all modules, then defaults of its kind, then what is
   * said of it alone, then what customizers say.
   *
   * @param prefix of the properties that the defaults come from
   */
  public WasmModuleDescriptor configure(
      WasmModuleDescriptor module, String prefix, WasmProperties.Settings defaults) {
    String id = module.id();
    ModuleIdMapper ids = new ModuleIdMapper(List.of(id), this.beanFactory);
    Map<String, WasmProperties.Module> all = ids.byId(this.properties.getModules());
    WasmProperties.Module said = all.get(id);
    WasmModuleDescriptor configured =
        said == null
            ? module
            : ModuleIdentity.of(id, said, spelled -> ids.id(spelled, all.keySet()))
                .overrideCommon(module);
    configured =
        configured.toBuilder()
            .settings(
                settings ->
                    ModuleSettingsMapper.map(
                        id, this.properties, prefix, defaults, said, module.version(), settings))
            .build();
    for (WasmModuleCustomizer customizer : this.customizers.orderedStream().toList()) {
      configured = customizer.customize(configured);
    }
    return configured;
  }

  /** Says which properties are of modules that have not come yet: their names may be wrong. */
  public void tellWhoIsMissing(WasmModuleRegistry registry) {
    List<String> known = registry.list().stream().map(WasmModuleDescriptor::id).distinct().toList();
    new ModuleIdMapper(known, this.beanFactory)
        .byId(this.properties.getModules())
        .keySet()
        .forEach(
            id -> {
              if (!known.contains(id)) {
                logger.info(
                    "There is no WebAssembly module '{}' yet; what is below {} is for a plug-in of this id",
                    id,
                    ModuleProperty.of(id));
              }
            });
  }
}
