package io.github.wasmspring.autoconfigure.tenant;

import io.github.wasmspring.autoconfigure.WasmAutoConfiguration;
import io.github.wasmspring.client.WasmModuleManager;
import io.github.wasmspring.internal.tenant.TenantTable;
import io.github.wasmspring.tenant.WasmTenantResolver;
import java.util.Comparator;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.server.WebFilter;
import reactor.core.publisher.Mono;

/** Auto-configuration for tenants of WebAssembly modules. */
@AutoConfiguration(before = WasmAutoConfiguration.class)
@ConditionalOnClass(WasmModuleManager.class)
@Conditional(OnTenants.class)
@EnableConfigurationProperties(WasmTenantProperties.class)
public final class WasmTenantAutoConfiguration {

  @Bean
  @ConditionalOnMissingBean
  TenantTable wasmTenants(
      WasmTenantProperties properties, ObjectProvider<WasmTenantResolver> resolvers) {
    return new TenantTable(
        TenantSettingsMapper.of(properties),
        new FirstTenantResolver(
            resolvers
                .orderedStream()
                .sorted(Comparator.comparingInt(WasmTenantAutoConfiguration::turn))
                .toList()));
  }

  /** The application's own come first, whatever their order is. */
  private static int turn(WasmTenantResolver resolver) {
    if (resolver instanceof HeaderTenantResolver) {
      return 1;
    }
    return resolver instanceof PrincipalTenantResolver ? 2 : 0;
  }

  /** A header of the request. */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass(RequestContextHolder.class)
  @ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
  @ConditionalOnProperty("wasm.tenants.header")
  static class HeaderConfiguration {

    @Bean
    HeaderTenantResolver wasmHeaderTenantResolver(WasmTenantProperties properties) {
      return new HeaderTenantResolver(String.valueOf(properties.getHeader()));
    }
  }

  /** The same where no thread belongs to a request. */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass({WebFilter.class, Mono.class})
  @ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
  @ConditionalOnProperty("wasm.tenants.header")
  static class ReactiveHeaderConfiguration {

    @Bean
    HeaderTenantFilter wasmHeaderTenantFilter(WasmTenantProperties properties) {
      return new HeaderTenantFilter(String.valueOf(properties.getHeader()));
    }
  }

  /** Whoever has logged in. */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass(SecurityContextHolder.class)
  @ConditionalOnBooleanProperty(name = "wasm.tenants.principal", matchIfMissing = true)
  static class PrincipalConfiguration {

    @Bean
    PrincipalTenantResolver wasmPrincipalTenantResolver() {
      return new PrincipalTenantResolver();
    }
  }

  /** The same where no thread belongs to a request. */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass({Authentication.class, WebFilter.class, Mono.class})
  @ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
  @ConditionalOnBooleanProperty(name = "wasm.tenants.principal", matchIfMissing = true)
  static class ReactivePrincipalConfiguration {

    @Bean
    PrincipalTenantFilter wasmPrincipalTenantFilter() {
      return new PrincipalTenantFilter();
    }
  }
}
