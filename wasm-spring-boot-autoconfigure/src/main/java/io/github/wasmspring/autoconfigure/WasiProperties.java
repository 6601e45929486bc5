package io.github.wasmspring.autoconfigure;

import static io.github.wasmspring.autoconfigure.ModuleSettings.put;

import io.github.wasmspring.autoconfigure.WasmProperties.WasiDirectory;
import io.github.wasmspring.module.WasiSettings;
import io.github.wasmspring.module.WasiSettings.Directory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

/**
 * Puts what properties say about WASI over what a module has already: variables are added to those
 * of the defaults, lists are replaced.
 */
final class WasiProperties {

  private WasiProperties() {}

  static WasiSettings merge(String prefix, WasiSettings base, WasmProperties.Wasi wasi) {
    WasiSettings merged = base;
    merged = put(prefix + ".enabled", merged, wasi.getEnabled(), WasiSettings::withEnabled);
    merged = put(prefix + ".stdout", merged, wasi.getStdout(), WasiSettings::withStdout);
    merged = put(prefix + ".stderr", merged, wasi.getStderr(), WasiSettings::withStderr);
    merged =
        put(
            prefix + ".log-limit",
            merged,
            wasi.getLogLimit(),
            (old, size) -> old.withLogLimit(size.toBytes()));
    merged =
        put(
            prefix + ".write-limit",
            merged,
            wasi.getWriteLimit(),
            (old, size) -> old.withWriteLimit(size.toBytes()));
    merged =
        put(
            prefix + ".total-write-limit",
            merged,
            wasi.getTotalWriteLimit(),
            (old, size) -> old.withTotalWriteLimit(size.toBytes()));
    merged =
        put(
            prefix + ".clock-resolution",
            merged,
            wasi.getClockResolution(),
            WasiSettings::withClockResolution);
    merged = put(prefix + ".random", merged, wasi.getRandom(), WasiSettings::withRandom);
    merged =
        put(
            prefix + ".environment",
            merged,
            environment(merged, wasi.getEnvironment()),
            WasiSettings::withEnvironment);
    merged =
        put(
            prefix + ".arguments",
            merged,
            wasi.getArguments().isEmpty() ? null : wasi.getArguments(),
            WasiSettings::withArguments);
    return put(
        prefix + ".directories",
        merged,
        directories(prefix + ".directories", wasi.getDirectories()),
        WasiSettings::withDirectories);
  }

  private static @Nullable Map<String, String> environment(
      WasiSettings base, Map<String, String> variables) {
    if (variables.isEmpty()) {
      return null;
    }
    Map<String, String> all = new LinkedHashMap<>(base.environment());
    all.putAll(variables);
    return all;
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
