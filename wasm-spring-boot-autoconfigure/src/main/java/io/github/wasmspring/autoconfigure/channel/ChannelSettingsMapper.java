package io.github.wasmspring.autoconfigure.channel;

import io.github.wasmspring.channel.WasmChannelSettings;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

/** What the properties say about all routes together. */
final class ChannelSettingsMapper {

  private static final WasmChannelSettings DEFAULTS = WasmChannelSettings.DEFAULTS;

  private ChannelSettingsMapper() {}

  static WasmChannelSettings of(WasmChannelProperties properties) {
    long maxPayload =
        properties.getMaxPayload() != null
            ? properties.getMaxPayload().toBytes()
            : DEFAULTS.maxPayload();
    if (maxPayload > Integer.MAX_VALUE) {
      throw new InvalidConfigurationPropertyValueException(
          "wasm.channels.max-payload",
          properties.getMaxPayload(),
          "A message can't be larger than 2 GB");
    }
    try {
      return new WasmChannelSettings(
          orElse(properties.getDeliveryThreads(), DEFAULTS.deliveryThreads()),
          (int) maxPayload,
          orElse(properties.getMaxHops(), DEFAULTS.maxHops()),
          orElse(properties.getDeadLetters(), DEFAULTS.deadLetters()),
          orElse(properties.getDrainTimeout(), DEFAULTS.drainTimeout()));
    } catch (IllegalArgumentException unfit) {
      throw new InvalidConfigurationPropertyValueException(
          "wasm.channels", null, unfit.getMessage(), unfit);
    }
  }

  static <T> T orElse(@Nullable T value, T other) {
    return value != null ? value : other;
  }
}
