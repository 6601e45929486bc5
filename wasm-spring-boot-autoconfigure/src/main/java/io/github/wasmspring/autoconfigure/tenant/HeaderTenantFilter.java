package io.github.wasmspring.autoconfigure.tenant;

import io.github.wasmspring.tenant.WasmTenants;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/** Puts the key of the tenant from a header of the request where those find it who subscribe. */
final class HeaderTenantFilter implements WebFilter {

  private final String header;

  HeaderTenantFilter(String header) {
    this.header = header;
  }

  @Override
  public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
    String key = exchange.getRequest().getHeaders().getFirst(this.header);
    Mono<Void> answer = chain.filter(exchange);
    return key == null
        ? answer
        : answer.contextWrite(context -> context.put(WasmTenants.CONTEXT_KEY, key));
  }
}
