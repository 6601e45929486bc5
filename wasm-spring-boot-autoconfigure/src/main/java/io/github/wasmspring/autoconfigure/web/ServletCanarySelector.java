package io.github.wasmspring.autoconfigure.web;

import io.github.wasmspring.rollout.WasmCanarySelector;
import io.github.wasmspring.rollout.WasmRollout;
import jakarta.servlet.http.HttpServletRequest;
import java.security.Principal;
import org.jspecify.annotations.Nullable;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/** Goes by the request that this thread answers. */
final class ServletCanarySelector implements WasmCanarySelector {

  @Override
  public @Nullable Boolean select(WasmRollout rollout) {
    if (!(RequestContextHolder.getRequestAttributes()
        instanceof ServletRequestAttributes attributes)) {
      return null;
    }
    HttpServletRequest request = attributes.getRequest();
    return new CanaryRequest(request::getHeader, () -> name(request.getUserPrincipal()))
        .select(rollout);
  }

  private static @Nullable String name(@Nullable Principal principal) {
    return principal == null ? null : principal.getName();
  }
}
