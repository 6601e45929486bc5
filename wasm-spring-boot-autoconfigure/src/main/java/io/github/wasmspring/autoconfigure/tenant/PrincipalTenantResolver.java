package io.github.wasmspring.autoconfigure.tenant;

import io.github.wasmspring.event.WasmCallId;
import io.github.wasmspring.tenant.WasmTenantResolver;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;

/** The tenant is whom Spring Security has authenticated on this thread. */
final class PrincipalTenantResolver implements WasmTenantResolver {

  @Override
  public @Nullable String resolve(WasmCallId call) {
    return name(SecurityContextHolder.getContext().getAuthentication());
  }

  /** {@code null} if that is nobody. */
  static @Nullable String name(@Nullable Authentication who) {
    return who == null || !who.isAuthenticated() || who instanceof AnonymousAuthenticationToken
        ? null
        : who.getName();
  }
}
