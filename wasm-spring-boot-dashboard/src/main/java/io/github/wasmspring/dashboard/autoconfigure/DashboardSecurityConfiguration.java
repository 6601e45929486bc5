package io.github.wasmspring.dashboard.autoconfigure;

import io.github.wasmspring.dashboard.web.CsrfHeaders;
import jakarta.servlet.ServletContext;
import java.util.Map;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.webmvc.autoconfigure.DispatcherServletPath;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.security.web.FilterChainProxy;
import org.springframework.security.web.csrf.CsrfToken;

/** What is asked of Spring Security, where the application has it. */
@Configuration(proxyBeanMethods = false)
@OnDashboard
@ConditionalOnClass(FilterChainProxy.class)
class DashboardSecurityConfiguration {

  @Bean
  SpringSecurityVerdict wasmDashboardSecurityVerdict(
      ObjectProvider<FilterChainProxy> proxies,
      ObjectProvider<ServletContext> servletContexts,
      ObjectProvider<DispatcherServletPath> servlet,
      Environment environment) {
    DispatcherServletPath path = servlet.getIfAvailable();
    return new SpringSecurityVerdict(
        proxies,
        servletContexts,
        environment.getProperty("server.servlet.context-path", ""),
        path == null ? "" : path.getPrefix());
  }

  @Bean
  CsrfHeaders wasmDashboardCsrfHeaders() {
    return request ->
        request.getAttribute(CsrfToken.class.getName()) instanceof CsrfToken token
            ? Map.of(token.getHeaderName(), token.getToken())
            : Map.of();
  }
}
