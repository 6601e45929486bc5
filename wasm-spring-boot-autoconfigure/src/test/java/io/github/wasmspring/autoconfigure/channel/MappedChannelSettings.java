package io.github.wasmspring.autoconfigure.channel;

import io.github.wasmspring.channel.WasmChannelSettings;

/** Shows tests of other packages what becomes of the properties. */
public final class MappedChannelSettings {

  private MappedChannelSettings() {}

  public static WasmChannelSettings of(WasmChannelProperties properties) {
    return ChannelSettingsMapper.of(properties);
  }
}
