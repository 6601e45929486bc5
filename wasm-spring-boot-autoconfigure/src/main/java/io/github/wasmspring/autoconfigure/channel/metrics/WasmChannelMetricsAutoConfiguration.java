package io.github.wasmspring.autoconfigure.channel.metrics;

import io.github.wasmspring.autoconfigure.channel.WasmChannelAutoConfiguration;
import io.github.wasmspring.channel.WasmChannels;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/** Auto-configuration for the meters of the channels between WebAssembly modules. */
@AutoConfiguration(
    after = WasmChannelAutoConfiguration.class,
    afterName = {
      "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration",
      "org.springframework.boot.micrometer.metrics.autoconfigure.export.simple.SimpleMetricsExportAutoConfiguration"
    })
@ConditionalOnClass({MeterRegistry.class, WasmChannels.class})
@ConditionalOnBean({MeterRegistry.class, WasmChannels.class})
public final class WasmChannelMetricsAutoConfiguration {

  @Bean
  @ConditionalOnMissingBean
  WasmChannelMetrics wasmChannelMetrics(WasmChannels channels) {
    return new WasmChannelMetrics(channels);
  }
}
