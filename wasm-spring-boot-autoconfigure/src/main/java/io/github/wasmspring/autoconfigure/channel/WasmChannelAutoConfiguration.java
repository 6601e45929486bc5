package io.github.wasmspring.autoconfigure.channel;

import io.github.wasmspring.autoconfigure.WasmAutoConfiguration;
import io.github.wasmspring.channel.WasmChannels;
import io.github.wasmspring.channel.WasmGuestPublisher;
import io.github.wasmspring.client.WasmModuleManager;
import io.github.wasmspring.event.WasmEventPublisher;
import io.github.wasmspring.fallback.WasmErrorHandler;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.env.Environment;

/** Auto-configuration for the channels between WebAssembly modules. */
@AutoConfiguration(after = WasmAutoConfiguration.class)
@ConditionalOnClass(WasmModuleManager.class)
@ConditionalOnBean(WasmModuleManager.class)
@ConditionalOnBooleanProperty(name = "wasm.channels.enabled", matchIfMissing = true)
@EnableConfigurationProperties(WasmChannelProperties.class)
public final class WasmChannelAutoConfiguration {

  /** Needs nothing, as the modules that import it need it. */
  @Bean
  @Lazy
  @ConditionalOnMissingBean
  static WasmGuestPublisher wasmGuestPublisher(ObjectProvider<WasmChannels> channels) {
    return new WasmGuestPublisher(channels::getIfAvailable);
  }

  @Bean
  @Lazy
  @ConditionalOnMissingBean
  WasmChannels wasmChannels(
      WasmModuleManager manager,
      WasmEventPublisher events,
      WasmErrorHandler errorHandler,
      WasmGuestPublisher guests,
      WasmChannelProperties properties) {
    WasmChannels channels =
        new WasmChannels(
            manager, events, errorHandler, guests, ChannelSettingsMapper.of(properties));
    properties
        .getRoutes()
        .forEach((name, route) -> channels.add(RouteMapper.of(name, route, manager.registry())));
    return channels;
  }

  @Bean
  @Lazy(false)
  ChannelStart wasmChannelStart(Environment environment, ObjectProvider<WasmChannels> channels) {
    return new ChannelStart(environment, channels);
  }
}
