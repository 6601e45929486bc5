package io.github.wasmspring.autoconfigure.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wasmspring.autoconfigure.ConnectionPerRequest;
import io.github.wasmspring.autoconfigure.WasmAutoConfiguration;
import io.github.wasmspring.client.WasmModuleManager;
import io.github.wasmspring.module.WasmModuleDescriptor;
import io.github.wasmspring.rollout.WasmCanarySelector;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.reactive.EnableWebFluxSecurity;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.core.userdetails.MapReactiveUserDetailsService;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.server.WebFilter;
import reactor.core.publisher.Mono;

/** A request says which code is to answer it, by a header or by who makes it. */
class CanaryOverHttpTest {

  private static final String OLD = "10";
  private static final String NEW = "11";

  interface Percentages {
    int percent(int amount, int percent);
  }

  interface PercentagesLater {
    CompletableFuture<Integer> percent(int amount, int percent);
  }

  interface ReactivePercentages {
    Mono<Integer> percent(int amount, int percent);
  }

  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  @Import(Shop.class)
  static class Application {

    /** As Spring Security does it. */
    @Bean
    Filter user() {
      return (request, response, chain) ->
          chain.doFilter(new RequestOfUser((HttpServletRequest) request), response);
    }
  }

  static final class RequestOfUser extends HttpServletRequestWrapper {

    RequestOfUser(HttpServletRequest request) {
      super(request);
    }

    @Override
    public @Nullable Principal getUserPrincipal() {
      String credentials = getHeader("Authorization");
      return credentials == null
          ? null
          : () -> credentials.equals(basic("alice")) ? "alice" : "bob";
    }
  }

  @RestController
  static class Shop {

    private final Percentages percentages;
    private final PercentagesLater later;

    Shop(WasmModuleManager manager) {
      this.percentages = manager.bind(Percentages.class, "mathlib", "*");
      this.later = manager.bind(PercentagesLater.class, "mathlib", "*");
    }

    @GetMapping("/discount")
    int discount() {
      return this.percentages.percent(101, 10);
    }

    @GetMapping("/later")
    int later() {
      return this.later.percent(101, 10).join();
    }
  }

  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  @EnableWebFluxSecurity
  @Import(ReactiveShop.class)
  static class ReactiveApplication {

    @Bean
    SecurityWebFilterChain rules(ServerHttpSecurity http) {
      return http.authorizeExchange(exchange -> exchange.anyExchange().permitAll())
          .httpBasic(Customizer.withDefaults())
          .build();
    }

    @Bean
    MapReactiveUserDetailsService users() {
      return new MapReactiveUserDetailsService(user("alice"), user("bob"));
    }

    private static UserDetails user(String name) {
      return User.withUsername(name).password("{noop}secret").roles("USER").build();
    }
  }

  @RestController
  static class ReactiveShop {

    private final ReactivePercentages percentages;

    ReactiveShop(WasmModuleManager manager) {
      this.percentages = manager.bind(ReactivePercentages.class, "mathlib", "*");
    }

    @GetMapping("/discount")
    Mono<Integer> discount() {
      return this.percentages.percent(101, 10);
    }
  }

  @Test
  void aRequestIsAnsweredByTheCodeThatItAsksFor() throws Exception {
    assertAnswered(Application.class, WebApplicationType.SERVLET, "/discount", "/later");
  }

  /** No thread belongs to a request there: what it says comes with the subscription. */
  @Test
  void soIsOneInWebFlux() throws Exception {
    assertAnswered(ReactiveApplication.class, WebApplicationType.REACTIVE, "/discount");
  }

  private void assertAnswered(Class<?> application, WebApplicationType type, String... paths)
      throws Exception {
    try (ConfigurableApplicationContext server = start(application, type)) {
      String port = server.getEnvironment().getRequiredProperty("local.server.port");
      WasmModuleManager manager = server.getBean(WasmModuleManager.class);
      assertThat(get(port, paths[0], "X-Canary", "always")).isEqualTo(OLD);
      manager.update("mathlib", "*", next());

      for (String path : paths) {
        assertThat(get(port, path, "x-canary", "always")).isEqualTo(NEW);
        assertThat(get(port, path, "X-Canary", "never")).isEqualTo(OLD);
        assertThat(get(port, path, "X-Canary", "sometimes")).isEqualTo(OLD);
        assertThat(get(port, path, "X-Other", "always")).isEqualTo(OLD);
        assertThat(get(port, path, "Authorization", basic("alice"))).isEqualTo(NEW);
        assertThat(get(port, path, "Authorization", basic("bob"))).isEqualTo(OLD);
        assertThat(get(port, path, "Authorization", basic("bob"), "X-Canary", "always"))
            .isEqualTo(NEW);
        assertThat(get(port, path, "Authorization", basic("alice"), "X-Canary", "never"))
            .isEqualTo(OLD);
      }
      assertThat(manager.rollout("mathlib", "*").orElseThrow().candidate().calls())
          .isEqualTo(3L * paths.length);
    }
  }

  private static ConfigurableApplicationContext start(
      Class<?> application, WebApplicationType type) {
    return new SpringApplicationBuilder(application)
        .web(type)
        .registerShutdownHook(false)
        .run("--server.port=0", "--wasm.modules.mathlib.location=classpath:wasm/mathlib.wasm");
  }

  private static WasmModuleDescriptor next() {
    return WasmModuleDescriptor.builder("mathlib")
        .version("2.0.0")
        .location("classpath:wasm/mathlib-2.wasm")
        .settings(
            settings ->
                settings.rollout(
                    it -> it.canaryHeader("X-Canary").canaryPrincipals(List.of("alice"))))
        .build();
  }

  private static String basic(String user) {
    return "Basic "
        + Base64.getEncoder().encodeToString((user + ":secret").getBytes(StandardCharsets.UTF_8));
  }

  private String get(String port, String path, String... headers) throws Exception {
    return ConnectionPerRequest.send(
            HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                .headers(headers)
                .build(),
            BodyHandlers.ofString())
        .body();
  }

  private static final AutoConfigurations BOTH =
      AutoConfigurations.of(WasmCanaryAutoConfiguration.class, WasmAutoConfiguration.class);

  @Test
  void onlyWhereThereAreServletsAndNobodyElseDecides() {
    new WebApplicationContextRunner()
        .withConfiguration(BOTH)
        .run(
            context ->
                assertThat(context)
                    .getBean(WasmCanarySelector.class)
                    .isInstanceOf(ServletCanarySelector.class));
    new WebApplicationContextRunner()
        .withConfiguration(BOTH)
        .withBean(WasmCanarySelector.class, () -> WasmCanarySelector.SHARE)
        .run(
            context ->
                assertThat(context)
                    .getBean(WasmCanarySelector.class)
                    .isSameAs(WasmCanarySelector.SHARE));
    new WebApplicationContextRunner()
        .withConfiguration(BOTH)
        .withClassLoader(new FilteredClassLoader(RequestContextHolder.class))
        .run(context -> assertThat(context).doesNotHaveBean(WasmCanarySelector.class));
    new ApplicationContextRunner()
        .withConfiguration(BOTH)
        .run(
            context ->
                assertThat(context)
                    .doesNotHaveBean(WasmCanarySelector.class)
                    .doesNotHaveBean(WebFilter.class));
  }

  @Test
  void orWhereThereIsWebFlux() {
    ReactiveWebApplicationContextRunner reactive =
        new ReactiveWebApplicationContextRunner().withConfiguration(BOTH);
    reactive.run(
        context ->
            assertThat(context)
                .hasSingleBean(CanaryRequestFilter.class)
                .doesNotHaveBean(WasmCanarySelector.class));
    reactive
        .withBean(WasmCanarySelector.class, () -> WasmCanarySelector.SHARE)
        .run(context -> assertThat(context).doesNotHaveBean(CanaryRequestFilter.class));
    reactive
        .withClassLoader(new FilteredClassLoader(WebFilter.class))
        .run(context -> assertThat(context).doesNotHaveBean(CanaryRequestFilter.class));
  }
}
