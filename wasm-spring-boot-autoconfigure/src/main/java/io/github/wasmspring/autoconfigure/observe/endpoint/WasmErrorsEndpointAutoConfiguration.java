package io.github.wasmspring.autoconfigure.observe.endpoint;

import io.github.wasmspring.autoconfigure.WasmAutoConfiguration;
import io.github.wasmspring.event.WasmEventPublisher;
import io.github.wasmspring.observe.WasmErrorReporter;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/** Auto-configuration for the endpoint that shows the failures of WebAssembly modules. */
@AutoConfiguration(after = WasmAutoConfiguration.class)
@ConditionalOnClass({Endpoint.class, ConditionalOnAvailableEndpoint.class})
@ConditionalOnBean(WasmEventPublisher.class)
@ConditionalOnAvailableEndpoint(WasmErrorsEndpoint.class)
public final class WasmErrorsEndpointAutoConfiguration {

  @Bean
  @ConditionalOnMissingBean
  WasmErrorReporter wasmErrorReporter() {
    return new WasmErrorReporter();
  }

  @Bean
  @ConditionalOnMissingBean
  WasmErrorsEndpoint wasmErrorsEndpoint(WasmErrorReporter reporter) {
    return new WasmErrorsEndpoint(reporter);
  }
}
