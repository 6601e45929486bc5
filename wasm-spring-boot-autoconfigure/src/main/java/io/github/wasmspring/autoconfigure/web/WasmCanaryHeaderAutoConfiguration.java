package io.github.wasmspring.autoconfigure.web;

import io.github.wasmspring.autoconfigure.WasmAutoConfiguration;
import io.github.wasmspring.rollout.WasmCanarySelector;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.web.context.request.RequestContextHolder;

/** Auto-configuration for requests that say which code of a module is to answer them. */
@AutoConfiguration(before = WasmAutoConfiguration.class)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnClass({
  WasmCanarySelector.class,
  RequestContextHolder.class,
  HttpServletRequest.class
})
public final class WasmCanaryHeaderAutoConfiguration {

  @Bean
  @ConditionalOnMissingBean(WasmCanarySelector.class)
  CanaryHeaderSelector wasmCanaryHeaderSelector() {
    return new CanaryHeaderSelector();
  }
}
