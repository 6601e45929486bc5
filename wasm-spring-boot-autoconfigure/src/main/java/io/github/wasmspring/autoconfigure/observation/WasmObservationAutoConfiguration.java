package io.github.wasmspring.autoconfigure.observation;

import io.github.wasmspring.event.WasmCallObserver;
import io.micrometer.observation.ObservationRegistry;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;

/** Auto-configuration for calls of WebAssembly modules as observations. */
@AutoConfiguration(
    afterName = {
      "org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration",
      "org.springframework.boot.micrometer.tracing.autoconfigure.MicrometerTracingAutoConfiguration"
    })
@ConditionalOnClass({ObservationRegistry.class, WasmCallObserver.class})
@ConditionalOnBean(ObservationRegistry.class)
@Conditional(OnObservationsWanted.class)
@EnableConfigurationProperties(WasmObservationProperties.class)
public final class WasmObservationAutoConfiguration {

  @Bean
  @ConditionalOnMissingBean(WasmCallObserver.class)
  ObservedCalls wasmCallObserver(
      ObservationRegistry registry, ObjectProvider<WasmCallObservationConvention> convention) {
    return new ObservedCalls(registry, convention.getIfAvailable());
  }
}
