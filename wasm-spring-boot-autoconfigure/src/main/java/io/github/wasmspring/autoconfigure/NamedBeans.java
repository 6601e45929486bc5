package io.github.wasmspring.autoconfigure;

import io.github.wasmspring.autoconfigure.WasmProperties.Settings;
import io.github.wasmspring.internal.module.ModuleProperty;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

/** Refuses names of what the application does not have, when it starts and not when it fails. */
final class NamedBeans {

  private final Map<String, Settings> settings = new LinkedHashMap<>();

  NamedBeans(WasmProperties properties) {
    this.settings.put("wasm.defaults", properties.getDefaults());
    properties
        .getModules()
        .forEach(
            (id, module) -> {
              this.settings.put(ModuleProperty.of(id), module);
              module
                  .getVersions()
                  .forEach(
                      (version, own) -> this.settings.put(ModuleIdentity.prefix(id, version), own));
            });
  }

  /**
   * @param property below the settings of a module
   * @param reason why a name that does not exist can't be
   * @throws InvalidConfigurationPropertyValueException if there is one; names the property
   */
  void require(
      String property,
      Function<Settings, @Nullable String> named,
      Predicate<String> exists,
      String reason) {
    this.settings.forEach(
        (prefix, each) -> {
          String name = named.apply(each);
          if (name != null && !exists.test(name)) {
            throw new InvalidConfigurationPropertyValueException(
                prefix + "." + property, name, reason);
          }
        });
  }
}
