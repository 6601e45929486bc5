package io.github.wasmspring.autoconfigure.tenant;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wasmspring.autoconfigure.Calc;
import io.github.wasmspring.autoconfigure.ConnectionPerRequest;
import io.github.wasmspring.client.WasmModuleManager;
import io.github.wasmspring.tenant.WasmTenants;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Two clients of a real server, told apart by a header. */
@TestInstance(Lifecycle.PER_CLASS)
class TenantOverHttpTest {

  private final Map<WebApplicationType, ConfigurableApplicationContext> servers =
      new EnumMap<>(WebApplicationType.class);

  private static ConfigurableApplicationContext start(WebApplicationType type) {
    return new SpringApplicationBuilder(Application.class)
        .web(type)
        .registerShutdownHook(false)
        .run(
            "--server.port=0",
            "--wasm.modules.calc.location=classpath:wasm/calc.wasm",
            "--wasm.modules.calc.quarantine.failures=0",
            "--wasm.modules.calc.execution-mode=wasm",
            "--wasm.modules.calc.limits.timeout=100ms",
            "--wasm.tenants.header=X-Tenant",
            "--wasm.tenants.principal=false",
            "--wasm.tenants.required=true",
            "--wasm.tenants.interval=1d",
            "--wasm.tenants.defaults.cpu-time=500ms");
  }

  @AfterAll
  void stop() {
    this.servers.values().forEach(ConfigurableApplicationContext::close);
  }

  private ConfigurableApplicationContext server(WebApplicationType type) {
    return this.servers.computeIfAbsent(type, TenantOverHttpTest::start);
  }

  private HttpResponse<String> get(WebApplicationType type, String path, @Nullable String tenant)
      throws Exception {
    String port = server(type).getEnvironment().getRequiredProperty("local.server.port");
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://localhost:" + port + path));
    if (tenant != null) {
      request.header("X-Tenant", tenant);
    }
    return ConnectionPerRequest.send(request.build(), BodyHandlers.ofString());
  }

  @Test
  void whoSpinsIsToldWhenToComeAgainAndTheOtherIsServed() throws Exception {
    WebApplicationType type = WebApplicationType.SERVLET;
    assertThat(get(type, "/add", "quiet").body()).isEqualTo("3");
    spinUntilRefused(type);
    for (String path : List.of("/add", "/later", "/mono")) {
      assertRefused(get(type, path, "hostile"));
      assertThat(get(type, path, "quiet").body()).isEqualTo("3");
    }
    WasmTenants tenants = server(type).getBean(WasmTenants.class);
    assertThat(tenants.find("quiet").orElseThrow().refused().all()).isZero();
    assertThat(tenants.find("hostile").orElseThrow().refused().cpuTime()).isEqualTo(4);
  }

  /** No thread belongs to a request there: the key comes with the subscription. */
  @Test
  void soDoesWebFlux() throws Exception {
    WebApplicationType type = WebApplicationType.REACTIVE;
    assertThat(get(type, "/mono", "quiet").body()).isEqualTo("3");
    spinUntilRefused(type);
    assertRefused(get(type, "/mono", "hostile"));
    assertThat(get(type, "/mono", "quiet").body()).isEqualTo("3");
    assertThat(get(type, "/mono", null).statusCode()).isEqualTo(400);
  }

  private void spinUntilRefused(WebApplicationType type) throws Exception {
    int status = get(type, "/spin", "hostile").statusCode();
    while (status == 504) {
      status = get(type, "/spin", "hostile").statusCode();
    }
    assertThat(status).isEqualTo(429);
  }

  private static void assertRefused(HttpResponse<String> response) {
    assertThat(response.statusCode()).isEqualTo(429);
    assertThat(response.headers().firstValue("Content-Type").orElse(""))
        .startsWith("application/problem+json");
    long retryAfter = Long.parseLong(response.headers().firstValue("Retry-After").orElseThrow());
    assertThat(retryAfter).isPositive();
    assertThat(response.body())
        .contains("tenant 'hostile' has reached its limit of cpu-time; try again in ")
        .contains("\"limit\":\"cpu-time\"", "\"retryAfter\":" + retryAfter)
        .contains("\"category\":\"REJECTED\"")
        .doesNotContain("wasm.tenants", "calc");
  }

  @Test
  void noKeyOrABadOneIsTheClientsFault() throws Exception {
    assertThat(get(WebApplicationType.SERVLET, "/add", null).statusCode()).isEqualTo(400);
    assertThat(get(WebApplicationType.SERVLET, "/add", "x".repeat(200)).statusCode())
        .isEqualTo(400);
  }

  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  @Import(Controller.class)
  static class Application {}

  @RestController
  static class Controller {

    private final Calc calc;
    private final Later later;
    private final Reactive reactive;

    Controller(WasmModuleManager manager) {
      this.calc = manager.bind(Calc.class);
      this.later = manager.bind(Later.class, "calc", "*");
      this.reactive = manager.bind(Reactive.class, "calc", "*");
    }

    @GetMapping("/add")
    int add() {
      return this.calc.add(1, 2);
    }

    @GetMapping("/later")
    CompletableFuture<Integer> later() {
      return this.later.add(1, 2);
    }

    @GetMapping("/mono")
    Mono<Integer> mono() {
      return this.reactive.add(1, 2);
    }

    @GetMapping("/spin")
    Mono<Integer> spin() {
      return this.reactive.spin();
    }
  }

  /** Not marked, so that no bean is made of it. */
  interface Later {
    CompletableFuture<Integer> add(int a, int b);
  }

  interface Reactive {
    Mono<Integer> add(int a, int b);

    Mono<Integer> spin();
  }
}
