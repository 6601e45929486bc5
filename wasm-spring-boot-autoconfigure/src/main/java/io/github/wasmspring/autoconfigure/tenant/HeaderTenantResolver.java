package io.github.wasmspring.autoconfigure.tenant;

import io.github.wasmspring.event.WasmCallId;
import io.github.wasmspring.tenant.WasmTenantResolver;
import org.jspecify.annotations.Nullable;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/** Reads the key of the tenant from a header of the request that this thread answers. */
final class HeaderTenantResolver implements WasmTenantResolver {

  private final String header;

  HeaderTenantResolver(String header) {
    this.header = header;
  }

  @Override
  public @Nullable String resolve(WasmCallId call) {
    return RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes request
        ? request.getRequest().getHeader(this.header)
        : null;
  }
}
