package io.github.wasmspring.dashboard.view;

import io.github.wasmspring.internal.module.ModuleProperty;
import io.github.wasmspring.module.WasmModuleDescriptor;
import io.github.wasmspring.module.WasmModuleSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.ConfigurationPropertyState;
import org.springframework.boot.origin.Origin;
import org.springframework.core.env.Environment;

/** Finds out what the settings of a module are, and which property or who else said so. */
final class SettingReader {

  /** What all modules have of the application as a whole where nothing else is said. */
  private static final Map<String, String> OF_THE_APPLICATION =
      Map.of("execution-mode", "wasm.execution.mode", "engine", "wasm.engine.mode");

  private final Environment environment;

  SettingReader(Environment environment) {
    this.environment = environment;
  }

  /**
   * Where a value is written.
   *
   * @param origin file and line, {@code null} if that is not known
   */
  private record Written(String property, @Nullable String origin) {}

  List<SettingView> read(WasmModuleDescriptor module) {
    WasmModuleSettings settings = module.settings();
    return ModuleSettingList.ALL.stream().map(each -> read(module, settings, each)).toList();
  }

  private SettingView read(
      WasmModuleDescriptor module, WasmModuleSettings settings, ModuleSettingList.Setting setting) {
    String value = setting.value().apply(settings);
    boolean isDefault = value.equals(setting.value().apply(WasmModuleSettings.DEFAULTS));
    Written written = written(module, setting.name());
    return new SettingView(
        setting.group(),
        setting.name(),
        CutText.of(value),
        isDefault,
        written != null ? "property" : isDefault ? "default" : "module",
        written == null ? null : written.property(),
        written == null ? null : written.origin(),
        ModuleProperty.of(module.id(), setting.name()));
  }

  private @Nullable Written written(WasmModuleDescriptor module, String setting) {
    List<String> names = new ArrayList<>();
    names.add(ModuleProperty.of(module.id(), "versions[" + module.version() + "]." + setting));
    names.add(ModuleProperty.of(module.id(), setting));
    names.add("wasm.modules[" + module.id() + "]." + setting);
    names.add("wasm.defaults." + setting);
    names.add(OF_THE_APPLICATION.getOrDefault(setting, "wasm.defaults." + setting));
    for (String name : names) {
      Written written = find(name);
      if (written != null) {
        return written;
      }
    }
    return null;
  }

  private @Nullable Written find(String property) {
    ConfigurationPropertyName name = ConfigurationPropertyName.ofIfValid(property);
    if (name == null) {
      return null;
    }
    for (ConfigurationPropertySource source : ConfigurationPropertySources.get(this.environment)) {
      ConfigurationProperty found = source.getConfigurationProperty(name);
      if (found != null) {
        Origin origin = found.getOrigin();
        return new Written(property, origin == null ? null : CutText.of(origin.toString()));
      }
      // A list is written as its elements.
      if (source.containsDescendantOf(name) == ConfigurationPropertyState.PRESENT) {
        return new Written(property, null);
      }
    }
    return null;
  }
}
