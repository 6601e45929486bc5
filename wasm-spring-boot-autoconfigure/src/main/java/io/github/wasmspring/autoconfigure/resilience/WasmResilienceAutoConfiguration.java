package io.github.wasmspring.autoconfigure.resilience;

import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.wasmspring.autoconfigure.WasmAutoConfiguration;
import io.github.wasmspring.fallback.WasmCircuitBreakers;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Lazy;

/** Auto-configuration for circuit breakers of resilience4j in place of quarantines. */
@AutoConfiguration(
    before = WasmAutoConfiguration.class,
    afterName =
        "io.github.resilience4j.springboot.circuitbreaker.autoconfigure.CircuitBreakerAutoConfiguration")
@ConditionalOnClass({CircuitBreakerRegistry.class, WasmCircuitBreakers.class})
@ConditionalOnBean(CircuitBreakerRegistry.class)
public final class WasmResilienceAutoConfiguration {

  @Bean
  @Lazy
  @ConditionalOnMissingBean
  WasmCircuitBreakers wasmCircuitBreakers(CircuitBreakerRegistry registry) {
    return name -> new ResilienceCircuitBreaker(registry.circuitBreaker(name));
  }
}
