package io.github.wasmspring.dashboard.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wasmspring.dashboard.DashboardServer;
import java.net.CookieManager;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;
import tools.jackson.databind.JsonNode;

/** What is answered where people sign in. */
@Timeout(120)
class DashboardSecurityTest {

  private static final String RELEARN = "/api/modules/json/actions/relearn";
  private static final String CONFIRMED = "{\"confirm\":\"json\"}";

  @Configuration(proxyBeanMethods = false)
  static class Users {

    @Bean
    UserDetailsService users() {
      return new InMemoryUserDetailsManager(
          User.withUsername("ada").password("{noop}a").roles("VIEW", "OPERATE").build(),
          User.withUsername("bob").password("{noop}b").roles("VIEW").build(),
          User.withUsername("eve").password("{noop}e").roles("OTHER").build());
    }
  }

  /**
   * Programs come with their password each time; nobody has a cookie that another site could use.
   */
  @Configuration(proxyBeanMethods = false)
  static class WithoutCsrf {

    @Bean
    SecurityFilterChain chain(HttpSecurity http) throws Exception {
      return http.authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
          .httpBasic(Customizer.withDefaults())
          .csrf(csrf -> csrf.disable())
          .build();
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class PermitsAll {

    @Bean
    SecurityFilterChain chain(HttpSecurity http) throws Exception {
      return http.authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
          .httpBasic(Customizer.withDefaults())
          .csrf(csrf -> csrf.disable())
          .build();
    }
  }

  private static void refused(HttpResponse<String> answer, int status, String code) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(DashboardServer.json(answer).get("code").stringValue()).isEqualTo(code);
  }

  @Test
  void whoHasNotSignedInGetsNowhere() throws Exception {
    try (DashboardServer server = DashboardServer.withSecurity(new Class<?>[] {Users.class})) {
      for (String path : List.of("/", "/api/session", "/api/snapshot", "/api/events")) {
        assertThat(server.get(path, "Accept", "application/json").statusCode())
            .as(path)
            .isEqualTo(401);
      }
    }
  }

  /** With sessions and tokens, as a browser does it. */
  @Test
  void theTokenOfSpringSecurityIsAskedForToo() throws Exception {
    try (DashboardServer server = DashboardServer.withSecurity(new Class<?>[] {Users.class})) {
      server.as("ada", "a");
      HttpClient browser = HttpClient.newBuilder().cookieHandler(new CookieManager()).build();
      HttpResponse<String> answer =
          browser.send(
              server.request("/api/session").build(), HttpResponse.BodyHandlers.ofString());
      JsonNode session = DashboardServer.json(answer);
      assertThat(session.get("principal").stringValue()).isEqualTo("ada");
      JsonNode headers = session.get("csrf").get("headers");
      assertThat(headers.has("X-CSRF-TOKEN")).isTrue();
      assertThat(headers.has(DashboardServer.TOKEN)).isTrue();

      HttpRequest.Builder act =
          server
              .request(RELEARN)
              .header("Content-Type", "application/json")
              .header(DashboardServer.TOKEN, headers.get(DashboardServer.TOKEN).stringValue())
              .POST(HttpRequest.BodyPublishers.ofString(CONFIRMED));
      assertThat(browser.send(act.build(), HttpResponse.BodyHandlers.ofString()).statusCode())
          .isIn(401, 403);
      act.header("X-CSRF-TOKEN", headers.get("X-CSRF-TOKEN").stringValue());
      assertThat(browser.send(act.build(), HttpResponse.BodyHandlers.ofString()).statusCode())
          .isEqualTo(200);
    }
  }

  @Test
  void theOwnTokenIsAskedForAlsoWithoutThat() throws Exception {
    try (DashboardServer server =
        DashboardServer.withSecurity(new Class<?>[] {Users.class, WithoutCsrf.class})) {
      server.as("ada", "a");
      refused(
          server.send(
              server
                  .request(RELEARN)
                  .header("Content-Type", "application/json")
                  .POST(HttpRequest.BodyPublishers.ofString(CONFIRMED))),
          403,
          "forbidden");
      assertThat(server.act(RELEARN, CONFIRMED).statusCode()).isEqualTo(200);
    }
  }

  @Test
  void seeingAndActingNeedTheirRoles() throws Exception {
    try (DashboardServer server =
        DashboardServer.withSecurity(
            new Class<?>[] {Users.class, WithoutCsrf.class},
            "wasm.dashboard.role=VIEW",
            "wasm.dashboard.action-role=OPERATE")) {
      server.as("eve", "e");
      refused(server.get("/"), 403, "forbidden");
      refused(server.get("/api/snapshot"), 403, "forbidden");
      refused(server.get("/api/events"), 403, "forbidden");

      server.as("bob", "b");
      JsonNode session = server.json("/api/session");
      assertThat(session.get("mayAct").booleanValue()).isFalse();
      assertThat(session.get("mayNotActReason").stringValue()).contains("OPERATE");
      assertThat(session.get("readOnly").booleanValue()).isFalse();
      refused(server.act(RELEARN, CONFIRMED), 403, "forbidden");

      server.as("ada", "a");
      assertThat(server.json("/api/session").get("mayAct").booleanValue()).isTrue();
      assertThat(server.act(RELEARN, CONFIRMED).statusCode()).isEqualTo(200);
    }
  }

  @Test
  void aRoleHoldsWhereSpringSecurityPermitsEverything() throws Exception {
    try (DashboardServer server =
        DashboardServer.withSecurity(
            new Class<?>[] {Users.class, PermitsAll.class}, "wasm.dashboard.role=VIEW")) {
      refused(server.get("/"), 401, "unauthenticated");
      refused(server.get("/api/snapshot"), 401, "unauthenticated");
      server.as("eve", "e");
      refused(server.get("/api/snapshot"), 403, "forbidden");
      server.as("bob", "b");
      assertThat(server.get("/api/snapshot").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void whereNobodyMayActNobodyDoes() throws Exception {
    try (DashboardServer server =
        DashboardServer.withSecurity(
            new Class<?>[] {Users.class, WithoutCsrf.class}, "wasm.dashboard.read-only=true")) {
      server.as("ada", "a");
      JsonNode session = server.json("/api/session");
      assertThat(session.get("readOnly").booleanValue()).isTrue();
      assertThat(session.get("readOnlyReason").stringValue()).contains("wasm.dashboard.read-only");
      refused(server.act(RELEARN, CONFIRMED), 403, "read_only");
    }
  }

  @Test
  void theDashboardIsWhereItIsPut() throws Exception {
    try (DashboardServer server =
        DashboardServer.withSecurity(
            new Class<?>[] {Users.class, WithoutCsrf.class},
            "wasm.dashboard.path=/admin/modules",
            "server.servlet.context-path=/shop",
            "spring.mvc.servlet.path=/app")) {
      server.as("ada", "a");
      String base = "/../shop/app/admin/modules";
      HttpResponse<String> bare = server.send(at(server, base));
      assertThat(bare.statusCode()).isEqualTo(302);
      assertThat(bare.headers().firstValue("Location")).contains("modules/");
      assertThat(server.send(at(server, base + "/")).body())
          .startsWithIgnoringCase("<!DOCTYPE html>");
      assertThat(server.send(at(server, base + "/api/snapshot")).statusCode()).isEqualTo(200);
    }
  }

  private static HttpRequest.Builder at(DashboardServer server, String path) {
    return server.request("").uri(server.uri(path).normalize());
  }
}
