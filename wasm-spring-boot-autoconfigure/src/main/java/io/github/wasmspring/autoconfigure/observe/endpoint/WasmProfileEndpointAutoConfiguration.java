package io.github.wasmspring.autoconfigure.observe.endpoint;

import io.github.wasmspring.autoconfigure.WasmAutoConfiguration;
import io.github.wasmspring.internal.sandbox.CallWatchdog;
import io.github.wasmspring.observe.WasmProfiler;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/** Auto-configuration for the endpoint that profiles WebAssembly modules. */
@AutoConfiguration(after = WasmAutoConfiguration.class)
@ConditionalOnClass({Endpoint.class, ConditionalOnAvailableEndpoint.class})
@ConditionalOnBean(CallWatchdog.class)
@ConditionalOnAvailableEndpoint(WasmProfileEndpoint.class)
public final class WasmProfileEndpointAutoConfiguration {

  @Bean
  @ConditionalOnMissingBean
  WasmProfiler wasmProfiler(CallWatchdog watchdog) {
    return new WasmProfiler(watchdog);
  }

  @Bean
  @ConditionalOnMissingBean
  WasmProfileEndpoint wasmProfileEndpoint(WasmProfiler profiler) {
    return new WasmProfileEndpoint(profiler);
  }
}
