package io.github.wasmspring.autoconfigure.tenant;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wasmspring.autoconfigure.ConnectionPerRequest;
import io.github.wasmspring.client.WasmModuleManager;
import io.github.wasmspring.tenant.WasmTenantStatus;
import io.github.wasmspring.tenant.WasmTenants;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.reactive.EnableWebFluxSecurity;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.core.userdetails.MapReactiveUserDetailsService;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Users of a real server in WebFlux, where no thread knows who has logged in. */
class PrincipalTenantOverHttpTest {

  private static ConfigurableApplicationContext start(String... properties) {
    return new SpringApplicationBuilder(Application.class)
        .web(WebApplicationType.REACTIVE)
        .registerShutdownHook(false)
        .properties(properties)
        .run(
            "--server.port=0",
            "--wasm.modules.calc.location=classpath:wasm/calc.wasm",
            "--wasm.tenants.enabled=true");
  }

  private String get(ConfigurableApplicationContext server, String... headers) throws Exception {
    String port = server.getEnvironment().getRequiredProperty("local.server.port");
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/add"));
    return ConnectionPerRequest.send(
            (headers.length == 0 ? request : request.headers(headers)).build(),
            BodyHandlers.ofString())
        .body();
  }

  private static String basic() {
    return "Basic "
        + Base64.getEncoder().encodeToString("alice:secret".getBytes(StandardCharsets.UTF_8));
  }

  private static long admitted(ConfigurableApplicationContext server, String tenant) {
    return server
        .getBean(WasmTenants.class)
        .find(tenant)
        .map(WasmTenantStatus::admitted)
        .orElse(0L);
  }

  @Test
  void aUserIsATenantUnlessAHeaderNamesOne() throws Exception {
    try (ConfigurableApplicationContext server = start("wasm.tenants.header=X-Tenant")) {
      assertThat(get(server, "Authorization", basic())).isEqualTo("3");
      assertThat(get(server, "Authorization", basic(), "X-Tenant", "acme")).isEqualTo("3");
      assertThat(get(server)).isEqualTo("3");

      assertThat(admitted(server, "alice")).isEqualTo(1);
      assertThat(admitted(server, "acme")).isEqualTo(1);
      assertThat(admitted(server, WasmTenants.DEFAULT)).isEqualTo(1);
    }
  }

  @Test
  void noUserIsIfThatIsSwitchedOff() throws Exception {
    try (ConfigurableApplicationContext server = start("wasm.tenants.principal=false")) {
      assertThat(get(server, "Authorization", basic())).isEqualTo("3");

      assertThat(admitted(server, "alice")).isZero();
      assertThat(admitted(server, WasmTenants.DEFAULT)).isEqualTo(1);
    }
  }

  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  @EnableWebFluxSecurity
  @Import(Controller.class)
  static class Application {

    @Bean
    SecurityWebFilterChain rules(ServerHttpSecurity http) {
      return http.authorizeExchange(exchange -> exchange.anyExchange().permitAll())
          .httpBasic(Customizer.withDefaults())
          .build();
    }

    @Bean
    MapReactiveUserDetailsService users() {
      return new MapReactiveUserDetailsService(
          User.withUsername("alice").password("{noop}secret").roles("USER").build());
    }
  }

  @RestController
  static class Controller {

    private final Sum sum;

    Controller(WasmModuleManager manager) {
      this.sum = manager.bind(Sum.class, "calc", "*");
    }

    @GetMapping("/add")
    Mono<Integer> add() {
      return this.sum.add(1, 2);
    }
  }

  /** Not marked, so that no bean is made of it. */
  interface Sum {
    Mono<Integer> add(int a, int b);
  }
}
