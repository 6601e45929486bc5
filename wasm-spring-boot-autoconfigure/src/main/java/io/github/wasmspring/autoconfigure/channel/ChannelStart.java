package io.github.wasmspring.autoconfigure.channel;

import io.github.wasmspring.autoconfigure.ConfiguredProperties;
import io.github.wasmspring.channel.WasmChannels;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.core.env.Environment;

/**
 * Makes the channels at the start where settings say something about them; else they are made when
 * somebody needs them.
 */
final class ChannelStart implements SmartInitializingSingleton {

  private final Environment environment;
  private final ObjectProvider<WasmChannels> channels;

  ChannelStart(Environment environment, ObjectProvider<WasmChannels> channels) {
    this.environment = environment;
    this.channels = channels;
  }

  @Override
  public void afterSingletonsInstantiated() {
    if (ConfiguredProperties.existBelow("wasm.channels", this.environment)) {
      this.channels.getIfAvailable();
    }
  }
}
