package io.github.wasmspring.autoconfigure.channel.endpoint;

import io.github.wasmspring.autoconfigure.channel.WasmChannelAutoConfiguration;
import io.github.wasmspring.autoconfigure.endpoint.WasmEndpoint;
import io.github.wasmspring.channel.WasmChannels;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;

/** Auto-configuration for what the endpoint of WebAssembly modules shows of channels. */
@AutoConfiguration(after = WasmChannelAutoConfiguration.class)
@ConditionalOnClass({Endpoint.class, ConditionalOnAvailableEndpoint.class, WasmChannels.class})
@ConditionalOnBean(WasmChannels.class)
@ConditionalOnAvailableEndpoint(WasmEndpoint.class)
public final class WasmChannelEndpointAutoConfiguration {

  @Bean
  ChannelEndpointContributor wasmChannelEndpointContributor(WasmChannels channels) {
    return new ChannelEndpointContributor(channels);
  }
}
