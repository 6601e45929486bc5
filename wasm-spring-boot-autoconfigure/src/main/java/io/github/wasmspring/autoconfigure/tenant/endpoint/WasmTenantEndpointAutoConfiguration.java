package io.github.wasmspring.autoconfigure.tenant.endpoint;

import io.github.wasmspring.autoconfigure.endpoint.WasmEndpoint;
import io.github.wasmspring.autoconfigure.endpoint.WasmEndpointAutoConfiguration;
import io.github.wasmspring.autoconfigure.tenant.WasmTenantAutoConfiguration;
import io.github.wasmspring.tenant.WasmTenants;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;

/** Auto-configuration for what the endpoint of WebAssembly modules shows of tenants. */
@AutoConfiguration(
    after = WasmTenantAutoConfiguration.class,
    before = WasmEndpointAutoConfiguration.class)
@ConditionalOnClass({Endpoint.class, ConditionalOnAvailableEndpoint.class, WasmTenants.class})
@ConditionalOnBean(WasmTenants.class)
@ConditionalOnAvailableEndpoint(WasmEndpoint.class)
public final class WasmTenantEndpointAutoConfiguration {

  @Bean
  TenantEndpointContributor wasmTenantEndpointContributor(WasmTenants tenants) {
    return new TenantEndpointContributor(tenants);
  }
}
