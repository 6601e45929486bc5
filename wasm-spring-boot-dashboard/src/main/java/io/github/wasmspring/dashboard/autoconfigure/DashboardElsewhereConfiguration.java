package io.github.wasmspring.dashboard.autoconfigure;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Says so where somebody wants a dashboard and can't have one. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnBooleanProperty("wasm.dashboard.enabled")
class DashboardElsewhereConfiguration {

  private static final Logger logger =
      LoggerFactory.getLogger(DashboardElsewhereConfiguration.class);

  @Bean
  SmartInitializingSingleton wasmDashboardNotice(ObjectProvider<DashboardLifecycle> dashboard) {
    return () -> {
      if (dashboard.getIfAvailable() == null) {
        logger.warn(
            "There is no WebAssembly dashboard, though wasm.dashboard.enabled is true: it needs a servlet application with Spring MVC (spring-boot-starter-webmvc)");
      }
    };
  }
}
