package io.github.wasmspring.autoconfigure.channel;

import io.github.wasmspring.autoconfigure.SettingsMapper;
import io.github.wasmspring.channel.WasmChannelSettings;

/** What the properties say about all routes together. */
final class ChannelSettingsMapper {

  private ChannelSettingsMapper() {}

  static WasmChannelSettings of(WasmChannelProperties properties) {
    WasmChannelSettings.Builder settings = WasmChannelSettings.DEFAULTS.toBuilder();
    SettingsMapper mapper = new SettingsMapper("wasm.channels", settings::build);
    mapper.map("delivery-threads", properties.getDeliveryThreads(), settings::deliveryThreads);
    mapper.mapSize("max-payload", properties.getMaxPayload(), settings::maxPayload);
    mapper.map("max-hops", properties.getMaxHops(), settings::maxHops);
    mapper.map("dead-letters", properties.getDeadLetters(), settings::deadLetters);
    mapper.map("drain-timeout", properties.getDrainTimeout(), settings::drainTimeout);
    return settings.build();
  }
}
