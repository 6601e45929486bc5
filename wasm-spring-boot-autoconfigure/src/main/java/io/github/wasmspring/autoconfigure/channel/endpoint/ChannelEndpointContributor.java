package io.github.wasmspring.autoconfigure.channel.endpoint;

import io.github.wasmspring.autoconfigure.endpoint.WasmEndpointContributor;
import io.github.wasmspring.channel.WasmChannels;
import io.github.wasmspring.channel.WasmChannelsStatus;

/** Shows the channels between modules. */
final class ChannelEndpointContributor implements WasmEndpointContributor {

  private final WasmChannels channels;

  ChannelEndpointContributor(WasmChannels channels) {
    this.channels = channels;
  }

  @Override
  public String name() {
    return "channels";
  }

  @Override
  public WasmChannelsStatus contribute() {
    return this.channels.status();
  }
}
