package io.github.wasmspring.autoconfigure.web;

import io.github.wasmspring.rollout.WasmCanarySelector;
import java.security.Principal;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * Puts what a request says of the code that is to answer it where those find it who subscribe. It
 * stands behind Spring Security's filter, which knows the user.
 */
final class CanaryRequestFilter implements WebFilter {

  @Override
  public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
    return exchange
        .getPrincipal()
        .map(Principal::getName)
        .map(Optional::of)
        .defaultIfEmpty(Optional.empty())
        .flatMap(
            user ->
                chain
                    .filter(exchange)
                    .contextWrite(
                        context ->
                            context.put(
                                WasmCanarySelector.CONTEXT_KEY,
                                selector(exchange, user.orElse(null)))));
  }

  private static WasmCanarySelector selector(ServerWebExchange exchange, @Nullable String user) {
    return new CanaryRequest(name -> exchange.getRequest().getHeaders().getFirst(name), () -> user);
  }
}
