package io.github.wasmspring.autoconfigure;

import java.time.Duration;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.util.unit.DataSize;

/** What the properties say of reading modules, within what is possible. */
final class LoaderLimitMapper {

  private static final Duration LONGEST = Duration.ofDays(36_500);

  private LoaderLimitMapper() {}

  static long maxModuleSize(WasmProperties.Loader properties) {
    DataSize size = properties.getMaxModuleSize();
    if (size.toBytes() <= 0 || size.toBytes() > Integer.MAX_VALUE) {
      throw new InvalidConfigurationPropertyValueException(
          "wasm.loader.max-module-size",
          size,
          "The size of a module must be positive and below 2 GB, for its bytes are read into one array");
    }
    return size.toBytes();
  }

  static Duration httpTimeout(WasmProperties.Loader properties) {
    Duration time = properties.getHttpTimeout();
    if (time.isZero() || time.isNegative() || time.compareTo(LONGEST) > 0) {
      throw new InvalidConfigurationPropertyValueException(
          "wasm.loader.http-timeout",
          time,
          "The time to read a module must be positive and at most 36500 days");
    }
    return time;
  }
}
