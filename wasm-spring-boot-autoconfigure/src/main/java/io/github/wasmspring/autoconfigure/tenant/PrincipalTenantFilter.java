package io.github.wasmspring.autoconfigure.tenant;

import io.github.wasmspring.tenant.WasmTenants;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;
import reactor.util.context.Context;

/**
 * Puts the name of whom Spring Security has authenticated where those find it who subscribe, unless
 * a header has named the tenant. It stands behind Spring Security's filter, which knows the user.
 */
final class PrincipalTenantFilter implements WebFilter {

  @Override
  public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
    return exchange
        .getPrincipal()
        .ofType(Authentication.class)
        .mapNotNull(PrincipalTenantResolver::name)
        .map(Optional::of)
        .defaultIfEmpty(Optional.empty())
        .flatMap(
            user ->
                chain.filter(exchange).contextWrite(context -> known(context, user.orElse(null))));
  }

  private static Context known(Context context, @Nullable String user) {
    return user == null || context.hasKey(WasmTenants.CONTEXT_KEY)
        ? context
        : context.put(WasmTenants.CONTEXT_KEY, user);
  }
}
