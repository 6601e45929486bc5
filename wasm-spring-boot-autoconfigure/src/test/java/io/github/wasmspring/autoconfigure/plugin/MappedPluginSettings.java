package io.github.wasmspring.autoconfigure.plugin;

import io.github.wasmspring.plugin.WasmPluginSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;

/** Shows tests of other packages what becomes of the properties. */
public final class MappedPluginSettings {

  private MappedPluginSettings() {}

  public static List<Object> of(WasmPluginProperties properties) {
    if (properties.getDirectory() == null) {
      properties.setDirectory(Path.of("any"));
    }
    WasmPluginSettings settings = PluginSettingsMapper.of(properties, UnaryOperator.identity());
    return List.of(settings.maxSize(), settings.history());
  }
}
