package io.github.wasmspring.autoconfigure.web;

import io.github.wasmspring.WasmException;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigureOrder;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.http.ProblemDetail;
import org.springframework.web.bind.annotation.ControllerAdvice;

/** Auto-configuration for failures of modules as problem details over HTTP. */
@AutoConfiguration
@AutoConfigureOrder(Ordered.LOWEST_PRECEDENCE)
@ConditionalOnWebApplication
@ConditionalOnClass({WasmException.class, ProblemDetail.class, ControllerAdvice.class})
@ConditionalOnBooleanProperty(name = "wasm.web.problem-details.enabled", matchIfMissing = true)
@EnableConfigurationProperties(WasmWebProperties.class)
public final class WasmProblemDetailsAutoConfiguration {

  @Bean
  @ConditionalOnMissingBean
  WasmProblemDetailsAdvice wasmProblemDetailsAdvice(WasmWebProperties properties) {
    return new WasmProblemDetailsAdvice(properties.getProblemDetails().getRetryAfter());
  }
}
