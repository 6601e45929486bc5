package io.github.wasmspring.dashboard.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.wasmspring.dashboard.DashboardSection;
import io.github.wasmspring.dashboard.DashboardServer;
import io.github.wasmspring.dashboard.DashboardTable;
import io.github.wasmspring.dashboard.web.DashboardExposure;
import io.github.wasmspring.dashboard.web.DashboardRules;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.WebSecurityCustomizer;
import org.springframework.security.web.SecurityFilterChain;

/** What starts, and what does not. */
@Timeout(120)
@ExtendWith(OutputCaptureExtension.class)
class DashboardStartTest {

  private static final String WARNINGS = "logging.level.io.github.wasmspring=WARN";

  @Configuration(proxyBeanMethods = false)
  static class PermitsAll {

    @Bean
    SecurityFilterChain permitting(HttpSecurity http) throws Exception {
      return http.authorizeHttpRequests(requests -> requests.anyRequest().permitAll()).build();
    }
  }

  /** As people write it who think of their API alone. */
  @Configuration(proxyBeanMethods = false)
  static class SecuresTheApiAlone {

    @Bean
    SecurityFilterChain api(HttpSecurity http) throws Exception {
      return http.securityMatcher("/api/**")
          .authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
          .build();
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class SecuresTheDashboardAlone {

    @Bean
    SecurityFilterChain dashboard(HttpSecurity http) throws Exception {
      return http.authorizeHttpRequests(
              requests ->
                  requests.requestMatchers("/wasm/**").hasRole("ADMIN").anyRequest().permitAll())
          .build();
    }
  }

  /** The page is guarded, and what it asks for is not. */
  @Configuration(proxyBeanMethods = false)
  static class SecuresThePageAlone {

    @Bean
    SecurityFilterChain page(HttpSecurity http) throws Exception {
      return http.authorizeHttpRequests(
              requests ->
                  requests.requestMatchers("/wasm/").hasRole("ADMIN").anyRequest().permitAll())
          .build();
    }
  }

  /** Its rules are never asked. */
  @Configuration(proxyBeanMethods = false)
  static class IgnoresTheDashboard {

    @Bean
    WebSecurityCustomizer ignoring() {
      return web -> web.ignoring().requestMatchers("/wasm/**");
    }
  }

  private static FailureAnalysis failure(Throwable thrown) {
    Throwable cause = thrown;
    while (cause != null && !(cause instanceof OpenDashboardException)) {
      cause = cause.getCause();
    }
    assertThat(cause).as("%s", thrown).isNotNull();
    return new OpenDashboardFailureAnalyzer().analyze(thrown);
  }

  private static DashboardExposure exposure(DashboardServer server) {
    return server.bean(DashboardRules.class).exposure();
  }

  @Test
  void withoutSecurityOnAllAddressesItDoesNotStart(CapturedOutput output) {
    FailureAnalysis analysis = failure(catchThrowable(DashboardServer::withoutSecurity));

    assertThat(analysis.getDescription())
        .isEqualTo(
            "The WebAssembly dashboard is enabled (wasm.dashboard.enabled=true), and everybody who reaches this server could open /wasm and act on the modules of the application: the server listens on all addresses of the machine, and there is no Spring Security that keeps anybody away.");
    assertThat(analysis.getAction())
        .contains(
            "spring-boot-starter-security",
            "server.address=127.0.0.1",
            "wasm.dashboard.role=ADMIN",
            "wasm.dashboard.open=true");
    // Found by Boot, and shown to who starts the application.
    assertThat(output).contains("APPLICATION FAILED TO START", "- Guard it with Spring Security");
  }

  @Test
  void onLoopbackItStarts() {
    try (DashboardServer server = DashboardServer.onLoopback()) {
      assertThat(exposure(server)).isEqualTo(DashboardExposure.LOOPBACK);
      assertThat(server.bean(DashboardRules.class).readOnly()).isFalse();
    }
  }

  @Test
  void withBootsSecurityItStarts(CapturedOutput output) {
    try (DashboardServer server = DashboardServer.withSecurity(new Class<?>[0], WARNINGS)) {
      assertThat(exposure(server)).isEqualTo(DashboardExposure.SECURED);
    }
    assertThat(output).containsOnlyOnce("set wasm.dashboard.action-role");
  }

  @Test
  void whoSaysWhoMayActIsNotWarned(CapturedOutput output) {
    for (String property :
        new String[] {
          "wasm.dashboard.action-role=ADMIN",
          "wasm.dashboard.role=ADMIN",
          "wasm.dashboard.read-only=true"
        }) {
      DashboardServer.withSecurity(new Class<?>[0], WARNINGS, property).close();
    }
    DashboardServer.onLoopback(WARNINGS).close();
    assertThat(output).doesNotContain("set wasm.dashboard.action-role");
  }

  @Test
  void withRulesForItItStarts() {
    try (DashboardServer server =
        DashboardServer.withSecurity(
            new Class<?>[] {SecuresTheDashboardAlone.class}, "server.servlet.context-path=/shop")) {
      assertThat(exposure(server)).isEqualTo(DashboardExposure.SECURED);
    }
  }

  @Test
  void withRulesThatLetEverybodyThroughItDoesNotStart() {
    for (Class<?> rules :
        new Class<?>[] {
          PermitsAll.class,
          SecuresTheApiAlone.class,
          SecuresThePageAlone.class,
          IgnoresTheDashboard.class
        }) {
      Throwable thrown =
          catchThrowable(() -> DashboardServer.withSecurity(new Class<?>[] {rules}).close());
      assertThat(thrown).as(rules.getSimpleName()).isNotNull();
      FailureAnalysis analysis = failure(thrown);

      assertThat(analysis.getDescription())
          .as(rules.getSimpleName())
          .contains("Spring Security lets those through who have not signed in (");
      assertThat(analysis.getAction())
          .contains(".requestMatchers(\"/wasm/**\").hasRole(\"ADMIN\")");
    }
  }

  @Test
  void withARoleTheDashboardAsksItself() {
    try (DashboardServer server =
        DashboardServer.withSecurity(
            new Class<?>[] {PermitsAll.class}, "wasm.dashboard.role=ADMIN")) {
      assertThat(exposure(server)).isEqualTo(DashboardExposure.SECURED);
    }
  }

  @Test
  void whatIsOpenOnPurposeOnlyShows() {
    try (DashboardServer server = DashboardServer.withoutSecurity("wasm.dashboard.open=true")) {
      assertThat(exposure(server)).isEqualTo(DashboardExposure.OPEN);
      assertThat(server.bean(DashboardRules.class).readOnly()).isTrue();
    }
    try (DashboardServer server =
        DashboardServer.withoutSecurity(
            "wasm.dashboard.open=true", "wasm.dashboard.read-only=false")) {
      assertThat(server.bean(DashboardRules.class).readOnly()).isFalse();
    }
  }

  @Test
  void whoDoesNotEnableItHasNone() throws Exception {
    try (DashboardServer server = DashboardServer.withoutSecurity("wasm.dashboard.enabled=false")) {
      assertThat(server.context().getBeansOfType(DashboardRules.class)).isEmpty();
      assertThat(server.get("/").statusCode()).isEqualTo(404);
    }
  }

  @Test
  void aPropertyThatIsMistypedStopsTheStart(CapturedOutput output) {
    assertThat(catchThrowable(() -> DashboardServer.onLoopback("wasm.dashboard.read-onyl=true")))
        .isNotNull();
    assertThat(output).contains("wasm.dashboard.read-onyl");
  }

  @Test
  void impossibleValuesAreRefusedByName(CapturedOutput output) {
    assertThat(catchThrowable(() -> DashboardServer.onLoopback("wasm.dashboard.clients=0")))
        .isNotNull();
    assertThat(catchThrowable(() -> DashboardServer.onLoopback("wasm.dashboard.path=wasm/**")))
        .isNotNull();
    assertThat(output).contains("wasm.dashboard.clients", "wasm.dashboard.path");
  }

  @Configuration(proxyBeanMethods = false)
  static class TwoSectionsOfOneId {

    @Bean
    DashboardSection rules() {
      return DashboardSection.of("rules", "Rules", TwoSectionsOfOneId::nothing);
    }

    @Bean
    DashboardSection moreRules() {
      return DashboardSection.of("rules", "More rules", TwoSectionsOfOneId::nothing);
    }

    static DashboardTable nothing() {
      return DashboardTable.of(List.of(DashboardTable.text("name", "Name")), List.of());
    }
  }

  @Test
  void twoSectionsOfOneIdAreRefusedByName() {
    assertThat(
            catchThrowable(
                () ->
                    DashboardServer.onLoopback(new Class<?>[] {TwoSectionsOfOneId.class}).close()))
        .hasStackTraceContaining(
            "Two sections of the WebAssembly dashboard have the id 'rules': the bean 'rules' (Rules, ")
        .hasStackTraceContaining("and the bean 'moreRules' (More rules, ")
        .hasStackTraceContaining("Give one of them another id");
  }

  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  static class Elsewhere {}

  @Test
  void whereItCanNotBeSomebodyIsTold(CapturedOutput output) {
    try (ConfigurableApplicationContext context =
        new SpringApplicationBuilder(Elsewhere.class)
            .web(WebApplicationType.NONE)
            .properties("wasm.dashboard.enabled=true", WARNINGS)
            .run()) {
      assertThat(context.getBeansOfType(DashboardRules.class)).isEmpty();
    }
    assertThat(output).contains("it needs a servlet application with Spring MVC");
  }
}
