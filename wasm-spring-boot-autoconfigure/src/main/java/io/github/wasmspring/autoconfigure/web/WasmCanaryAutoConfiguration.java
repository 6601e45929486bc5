package io.github.wasmspring.autoconfigure.web;

import io.github.wasmspring.autoconfigure.WasmAutoConfiguration;
import io.github.wasmspring.rollout.WasmCanarySelector;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.server.WebFilter;
import reactor.core.publisher.Mono;

/** Auto-configuration for requests that say which code of a module is to answer them. */
@AutoConfiguration(before = WasmAutoConfiguration.class)
@ConditionalOnClass(WasmCanarySelector.class)
@ConditionalOnMissingBean(WasmCanarySelector.class)
public final class WasmCanaryAutoConfiguration {

  /** The request belongs to a thread. */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass({RequestContextHolder.class, HttpServletRequest.class})
  @ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
  static class ServletConfiguration {

    @Bean
    ServletCanarySelector wasmServletCanarySelector() {
      return new ServletCanarySelector();
    }
  }

  /** It comes with the subscription. */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass({WebFilter.class, Mono.class})
  @ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
  static class ReactiveConfiguration {

    @Bean
    CanaryRequestFilter wasmCanaryRequestFilter() {
      return new CanaryRequestFilter();
    }
  }
}
