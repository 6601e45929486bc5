package io.github.wasmspring.autoconfigure.plugin;

import io.github.wasmspring.autoconfigure.SettingsMapper;
import io.github.wasmspring.module.WasmModuleDescriptor;
import io.github.wasmspring.plugin.WasmPluginSettings;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

/** What the properties say of plug-ins. */
final class PluginSettingsMapper {

  static final String PREFIX = "wasm.plugins";

  private PluginSettingsMapper() {}

  /**
   * @param modules has the last word about each
   * @throws InvalidConfigurationPropertyValueException if a value can never be
   */
  static WasmPluginSettings of(
      WasmPluginProperties properties, UnaryOperator<WasmModuleDescriptor> modules) {
    Path directory = properties.getDirectory();
    if (directory == null || directory.toString().isBlank()) {
      throw new InvalidConfigurationPropertyValueException(
          PREFIX + ".directory",
          directory,
          "Plug-ins are enabled, and there has to be a directory that they are kept in");
    }
    WasmPluginSettings.Builder settings = WasmPluginSettings.in(directory).modules(modules);
    SettingsMapper mapper = new SettingsMapper(PREFIX, settings::build);
    mapper.mapSize("max-size", properties.getMaxSize(), settings::maxSize);
    mapper.map("history", properties.getHistory(), settings::history);
    mapper.map("watch", properties.getWatch(), settings::watch);
    return settings.build();
  }
}
