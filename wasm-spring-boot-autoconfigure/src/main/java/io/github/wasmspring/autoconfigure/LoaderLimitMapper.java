package io.github.wasmspring.autoconfigure;

import java.time.Duration;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.util.unit.DataSize;

/** What the properties say of reading modules, within what is possible. */
final class LoaderLimitMapper {

  private static final Duration LONGEST = Duration.ofDays(36_500);

  private static final int MOST_ATTEMPTS = 100;

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
    return positive(
        "wasm.loader.http-timeout", properties.getHttpTimeout(), "The time to read a module");
  }

  static Duration httpConnectTimeout(WasmProperties.Loader properties) {
    return positive(
        "wasm.loader.http-connect-timeout",
        properties.getHttpConnectTimeout(),
        "The time to accept a connection");
  }

  private static Duration positive(String property, Duration time, String what) {
    if (time.isZero() || time.isNegative() || time.compareTo(LONGEST) > 0) {
      throw new InvalidConfigurationPropertyValueException(
          property, time, what + " must be positive and at most 36500 days");
    }
    return time;
  }

  static int httpAttempts(WasmProperties.Loader properties) {
    int attempts = properties.getHttpAttempts();
    if (attempts < 1 || attempts > MOST_ATTEMPTS) {
      throw new InvalidConfigurationPropertyValueException(
          "wasm.loader.http-attempts", attempts, "A server is asked once to 100 times");
    }
    return attempts;
  }
}
