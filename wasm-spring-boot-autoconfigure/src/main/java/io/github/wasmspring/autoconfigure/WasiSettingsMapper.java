package io.github.wasmspring.autoconfigure;

import io.github.wasmspring.autoconfigure.WasmProperties.WasiDirectory;
import io.github.wasmspring.module.WasiSettings;
import io.github.wasmspring.module.WasiSettings.Directory;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

/**
 * Puts what properties say about WASI over what a module has already: variables are added to those
 * of the defaults, lists are replaced.
 */
final class WasiSettingsMapper {

  private WasiSettingsMapper() {}

  static void map(WasmProperties.Wasi from, SettingsMapper mapper, WasiSettings.Builder wasi) {
    mapper.map("enabled", from.getEnabled(), wasi::enabled);
    mapper.map("stdout", from.getStdout(), wasi::stdout);
    mapper.map("stderr", from.getStderr(), wasi::stderr);
    mapper.mapSize("log-limit", from.getLogLimit(), wasi::logLimit);
    mapper.mapSize("write-limit", from.getWriteLimit(), wasi::writeLimit);
    mapper.mapSize("total-write-limit", from.getTotalWriteLimit(), wasi::totalWriteLimit);
    mapper.map("clock-resolution", from.getClockResolution(), wasi::clockResolution);
    mapper.map("random", from.getRandom(), wasi::random);
    mapper.map("environment", from.getEnvironment(), wasi::environment);
    mapper.map(
        "arguments", from.getArguments().isEmpty() ? null : from.getArguments(), wasi::arguments);
    mapper.map(
        "directories",
        directories(mapper.name("directories"), from.getDirectories()),
        wasi::directories);
  }

  private static @Nullable List<Directory> directories(
      String prefix, List<WasiDirectory> directories) {
    if (directories.isEmpty()) {
      return null;
    }
    List<Directory> mapped = new ArrayList<>();
    for (int i = 0; i < directories.size(); i++) {
      WasiDirectory directory = directories.get(i);
      String property = prefix + "[" + i + "]";
      mapped.add(
          new Directory(
              required(property + ".guest", directory.getGuest()),
              required(property + ".host", directory.getHost()),
              directory.getMode()));
    }
    return mapped;
  }

  private static <T> T required(String property, @Nullable T value) {
    if (value == null || value.toString().isEmpty()) {
      throw new InvalidConfigurationPropertyValueException(
          property, value, "A directory needs both guest and host");
    }
    return value;
  }
}
