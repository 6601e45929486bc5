package io.github.wasmspring.autoconfigure.tenant;

import io.github.wasmspring.event.WasmCallId;
import io.github.wasmspring.tenant.WasmTenantResolver;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Asks one after the other until one can tell. */
final class FirstTenantResolver implements WasmTenantResolver {

  private final List<WasmTenantResolver> resolvers;

  FirstTenantResolver(List<WasmTenantResolver> resolvers) {
    this.resolvers = resolvers;
  }

  @Override
  public @Nullable String resolve(WasmCallId call) {
    for (WasmTenantResolver resolver : this.resolvers) {
      String key = resolver.resolve(call);
      if (key != null) {
        return key;
      }
    }
    return null;
  }
}
