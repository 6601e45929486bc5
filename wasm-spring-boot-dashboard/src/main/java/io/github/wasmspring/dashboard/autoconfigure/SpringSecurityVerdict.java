package io.github.wasmspring.dashboard.autoconfigure;

import jakarta.servlet.Filter;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.authorization.AuthorizationResult;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.web.FilterChainProxy;
import org.springframework.security.web.FilterInvocation;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.PathPatternRequestTransformer;
import org.springframework.security.web.access.intercept.AuthorizationFilter;

/**
 * Asks Spring Security what somebody may do who has not signed in, by the rules of the chain that
 * matches each path of the dashboard. Not by its {@code WebInvocationPrivilegeEvaluator}, which
 * says no also where no chain matches, and everybody is let through.
 */
final class SpringSecurityVerdict implements SecurityVerdict.Source {

  private static final Authentication STRANGER =
      new AnonymousAuthenticationToken(
          "wasm-dashboard", "anonymousUser", AuthorityUtils.createAuthorityList("ROLE_ANONYMOUS"));

  /** A request of the page, by its method and what is behind the path of the dashboard. */
  private record Probe(String method, String below) {}

  private static final List<Probe> PROBES =
      List.of(
          new Probe("GET", "/"),
          new Probe("GET", "/api/session"),
          new Probe("GET", "/api/snapshot"),
          new Probe("GET", "/api/events"),
          new Probe("GET", "/api/modules/any"),
          new Probe("POST", "/api/modules/any/actions/evict"),
          new Probe("POST", "/api/profile/start"));

  private final ObjectProvider<FilterChainProxy> proxies;
  private final ObjectProvider<ServletContext> servletContexts;
  private final String contextPath;
  private final String servletPath;

  /**
   * @param contextPath of the application, empty for none
   * @param servletPath of Spring MVC within it, empty for none
   */
  SpringSecurityVerdict(
      ObjectProvider<FilterChainProxy> proxies,
      ObjectProvider<ServletContext> servletContexts,
      String contextPath,
      String servletPath) {
    this.proxies = proxies;
    this.servletContexts = servletContexts;
    this.contextPath = contextPath;
    this.servletPath = servletPath;
  }

  @Override
  public SecurityVerdict of(String path) {
    FilterChainProxy proxy = this.proxies.getIfUnique();
    if (proxy == null) {
      return SecurityVerdict.ABSENT;
    }
    for (Probe probe : PROBES) {
      String asked = this.servletPath + path + probe.below();
      SecurityVerdict.State state;
      String detail = probe.method() + ' ' + asked;
      try {
        state = ask(proxy, probe.method(), asked);
      } catch (RuntimeException unanswerable) {
        // What it has is not a real request, and rules may want to see more of one.
        state = SecurityVerdict.State.UNKNOWN;
        detail = "%s: %s".formatted(detail, unanswerable);
      }
      if (state != SecurityVerdict.State.CLOSED) {
        return new SecurityVerdict(state, detail);
      }
    }
    return SecurityVerdict.CLOSED;
  }

  private SecurityVerdict.State ask(FilterChainProxy proxy, String method, String path) {
    HttpServletRequest request =
        new PathPatternRequestTransformer()
            .transform(
                new FilterInvocation(
                        this.contextPath, path, method, this.servletContexts.getIfAvailable())
                    .getRequest());
    for (SecurityFilterChain chain : proxy.getFilterChains()) {
      if (chain.matches(request)) {
        return ask(chain.getFilters(), request);
      }
    }
    return SecurityVerdict.State.PERMITS;
  }

  private static SecurityVerdict.State ask(List<Filter> filters, HttpServletRequest request) {
    if (filters.isEmpty()) {
      return SecurityVerdict.State.PERMITS;
    }
    for (Filter filter : filters) {
      if (filter instanceof AuthorizationFilter rules) {
        @Nullable AuthorizationResult result =
            rules.getAuthorizationManager().authorize(() -> STRANGER, request);
        return result == null || result.isGranted()
            ? SecurityVerdict.State.PERMITS
            : SecurityVerdict.State.CLOSED;
      }
    }
    return SecurityVerdict.State.UNKNOWN;
  }
}
