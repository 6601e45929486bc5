package io.github.wasmspring.dashboard.web;

import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestWrapper;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Lets requests through, or not. What the application's own security has decided before comes on
 * top; none of this needs it, so that a hole in its rules opens no more than these let.
 */
final class RequestGuard {

  /** What {@link #token} has to be sent in. */
  static final String TOKEN_HEADER = "X-Wasm-Dashboard-Token";

  private static final List<String> FORWARDED =
      List.of(
          "Forwarded",
          "X-Forwarded-For",
          "X-Forwarded-Host",
          "X-Forwarded-Proto",
          "X-Real-IP",
          "Via");

  /**
   * Tomcat's valve takes the headers away that it reads, and leaves this whether any were there.
   */
  private static final String FORWARDED_BY_TOMCAT = "org.apache.tomcat.request.forwarded";

  private static final Set<String> OWN_SITE = Set.of("same-origin", "none");
  private static final Pattern LOOPBACK_HOST =
      Pattern.compile("localhost|127(\\.\\d{1,3}){3}|\\[::1]|\\[0:0:0:0:0:0:0:1]");
  private static final Pattern LOOPBACK_ADDRESS =
      Pattern.compile(
          "(?:::ffff:)?127(?:\\.\\d{1,3}){3}|(?:::1|0:0:0:0:0:0:0:1)(?:%.*)?",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern PORT = Pattern.compile(":\\d+$");
  private static final int TOKEN_BYTES = 32;

  private final DashboardRules rules;
  private final String token;

  RequestGuard(DashboardRules rules) {
    this.rules = rules;
    byte[] random = new byte[TOKEN_BYTES];
    new SecureRandom().nextBytes(random);
    this.token = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
  }

  /** Only our own page knows it; other sites can't read it. */
  String token() {
    return this.token;
  }

  /**
   * A file of the page is asked for.
   *
   * @throws DashboardRefusal if that may not be
   */
  void mayLook(HttpServletRequest request) {
    if (this.rules.exposure() == DashboardExposure.LOOPBACK) {
      requireThisMachine(request);
    }
    if (this.rules.exposure() == DashboardExposure.OPEN && !this.rules.hosts().isEmpty()) {
      requireOwnHost(request);
    }
    if (this.rules.exposure() == DashboardExposure.SECURED && request.getUserPrincipal() == null) {
      throw DashboardRefusal.unauthenticated();
    }
    String role = this.rules.role();
    if (role != null && !request.isUserInRole(role)) {
      throw request.getUserPrincipal() == null
          ? DashboardRefusal.unauthenticated()
          : DashboardRefusal.forbidden(
              "The dashboard is for people with the role %s (wasm.dashboard.role)".formatted(role));
    }
  }

  /**
   * Figures are asked for.
   *
   * @throws DashboardRefusal if that may not be
   */
  void mayRead(HttpServletRequest request) {
    mayLook(request);
    String site = request.getHeader("Sec-Fetch-Site");
    if (site != null && !OWN_SITE.contains(site)) {
      throw DashboardRefusal.forbidden(
          "Another site has asked for this; open the dashboard itself");
    }
  }

  /**
   * Something is to be done.
   *
   * @throws DashboardRefusal if that may not be
   */
  void mayAct(HttpServletRequest request) {
    mayRead(request);
    String reason = whyNotToAct(request);
    if (reason != null) {
      throw this.rules.readOnly()
          ? DashboardRefusal.readOnly(reason)
          : DashboardRefusal.forbidden(reason);
    }
    String origin = request.getHeader("Origin");
    if (origin != null && !isOwn(origin, request)) {
      throw DashboardRefusal.forbidden(
          "Another site has asked for this; open the dashboard itself");
    }
    String sent = request.getHeader(TOKEN_HEADER);
    if (sent == null || !isToken(sent)) {
      throw DashboardRefusal.forbidden(
          "The header %s has to have the token of api/session; load the page again"
              .formatted(TOKEN_HEADER));
    }
  }

  /** Why who asks may not act, for people; {@code null} if it may. */
  @Nullable String whyNotToAct(HttpServletRequest request) {
    if (this.rules.readOnly()) {
      return "The dashboard only shows (wasm.dashboard.read-only)";
    }
    String role = this.rules.actionRole();
    return role != null && !request.isUserInRole(role)
        ? "Actions are for people with the role %s (wasm.dashboard.action-role)".formatted(role)
        : null;
  }

  private boolean isToken(String sent) {
    return MessageDigest.isEqual(
        sent.getBytes(StandardCharsets.UTF_8), this.token.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Without this, a page whose name is made to mean this machine could read everything. Filters of
   * the application may hide what a proxy has written, and take its word for where a request is
   * from: what the container has got counts, too.
   */
  private void requireThisMachine(HttpServletRequest request) {
    requireDirect(request);
    ServletRequest received = request;
    while (received instanceof ServletRequestWrapper wrapper) {
      received = wrapper.getRequest();
    }
    if (received != request && received instanceof HttpServletRequest raw) {
      requireDirect(raw);
    }
    requireOwnHost(request);
  }

  private void requireOwnHost(HttpServletRequest request) {
    String host = request.getHeader("Host");
    if (host == null || !isOwnHost(host)) {
      throw DashboardRefusal.forbidden(
          this.rules.exposure() == DashboardExposure.OPEN
              ? "The dashboard answers to the names in wasm.dashboard.hosts; list this one there"
              : "The dashboard answers as localhost; list other names of it in wasm.dashboard.hosts");
    }
  }

  private static void requireDirect(HttpServletRequest request) {
    for (String header : FORWARDED) {
      if (request.getHeader(header) != null) {
        throw passedOn(header);
      }
    }
    if (request.getAttribute(FORWARDED_BY_TOMCAT) != null) {
      throw DashboardRefusal.forbidden(
          "The dashboard answers this machine alone, and where a request is from can't be told while Tomcat takes the word of proxies for it (server.forward-headers-strategy=native); secure it, or take the strategy 'framework'");
    }
    // Browsers don't speak it, and proxies do that add no header.
    if ("HTTP/1.0".equals(request.getProtocol())) {
      throw passedOn("HTTP/1.0");
    }
    if (!isLoopback(request.getRemoteAddr())) {
      throw DashboardRefusal.forbidden(
          "The dashboard answers this machine alone; secure it to reach it from elsewhere");
    }
  }

  private static DashboardRefusal passedOn(String sign) {
    return DashboardRefusal.forbidden(
        "The dashboard answers this machine alone, and a proxy has passed this request on (%s); secure it to reach it from elsewhere"
            .formatted(sign));
  }

  /** A name is none, whatever it means: nothing is looked up. */
  private static boolean isLoopback(@Nullable String address) {
    return address != null && LOOPBACK_ADDRESS.matcher(address).matches();
  }

  private boolean isOwnHost(String host) {
    String name = PORT.matcher(host.toLowerCase(Locale.ROOT)).replaceFirst("");
    return (this.rules.exposure() == DashboardExposure.LOOPBACK
            && LOOPBACK_HOST.matcher(name).matches())
        || this.rules.hosts().stream().anyMatch(name::equalsIgnoreCase);
  }

  /** Its scheme is not compared: what ends TLS before us may not tell. */
  private static boolean isOwn(String origin, HttpServletRequest request) {
    try {
      URI uri = new URI(origin);
      String host = uri.getHost();
      if (host == null) {
        return false;
      }
      int port = uri.getPort() >= 0 ? uri.getPort() : defaultPort(uri.getScheme());
      String named = request.getHeader("Host");
      return (host.equalsIgnoreCase(request.getServerName()) && port == request.getServerPort())
          || uri.getRawAuthority().equalsIgnoreCase(named);
    } catch (URISyntaxException unreadable) {
      return false;
    }
  }

  private static int defaultPort(@Nullable String scheme) {
    return "https".equalsIgnoreCase(scheme) ? 443 : 80;
  }
}
