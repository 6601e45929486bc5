package io.github.wasmspring.dashboard.autoconfigure;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.web.server.AbstractConfigurableWebServerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What is asked of Boot's server, where the application has one. */
@Configuration(proxyBeanMethods = false)
@OnDashboard
@ConditionalOnClass(AbstractConfigurableWebServerFactory.class)
class DashboardServerConfiguration {

  /** As it is in the end, whoever has said so. */
  @Bean
  ListeningAddress wasmDashboardListeningAddress(
      ObjectProvider<AbstractConfigurableWebServerFactory> servers) {
    return () -> {
      AbstractConfigurableWebServerFactory server = servers.getIfUnique();
      return server == null ? null : server.getAddress();
    };
  }
}
