package io.github.wasmspring.dashboard.autoconfigure;

import java.util.List;
import java.util.Map;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.web.access.WebInvocationPrivilegeEvaluator;

/**
 * Asks Spring Security what somebody may do who has not signed in, by the rules of the chain that
 * matches each path of the dashboard.
 */
final class SpringSecurityVerdict implements SecurityVerdict.Source {

  private static final Authentication STRANGER =
      new AnonymousAuthenticationToken(
          "wasm-dashboard", "anonymousUser", AuthorityUtils.createAuthorityList("ROLE_ANONYMOUS"));

  /** Requests by what they are to show, and their methods. */
  private static final Map<String, List<String>> PROBES =
      Map.of(
          "GET",
          List.of("/", "/api/session", "/api/snapshot", "/api/events", "/api/modules/any"),
          "POST",
          List.of("/api/modules/any/actions/evict", "/api/profile/start"));

  private final ObjectProvider<WebInvocationPrivilegeEvaluator> evaluators;
  private final String contextPath;
  private final String servletPath;

  /**
   * @param contextPath of the application, empty for none
   * @param servletPath of Spring MVC within it, empty for none
   */
  SpringSecurityVerdict(
      ObjectProvider<WebInvocationPrivilegeEvaluator> evaluators,
      String contextPath,
      String servletPath) {
    this.evaluators = evaluators;
    this.contextPath = contextPath;
    this.servletPath = servletPath;
  }

  @Override
  public SecurityVerdict of(String path) {
    WebInvocationPrivilegeEvaluator evaluator = this.evaluators.getIfUnique();
    if (evaluator == null) {
      return SecurityVerdict.ABSENT;
    }
    for (Map.Entry<String, List<String>> probe : PROBES.entrySet()) {
      for (String below : probe.getValue()) {
        String asked = this.servletPath + path + below;
        try {
          if (evaluator.isAllowed(this.contextPath, asked, probe.getKey(), STRANGER)) {
            return new SecurityVerdict(SecurityVerdict.State.PERMITS, probe.getKey() + ' ' + asked);
          }
        } catch (RuntimeException unanswerable) {
          return new SecurityVerdict(
              SecurityVerdict.State.UNKNOWN,
              "%s %s: %s".formatted(probe.getKey(), asked, unanswerable));
        }
      }
    }
    return SecurityVerdict.CLOSED;
  }
}
