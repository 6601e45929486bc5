package io.github.wasmspring.autoconfigure.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wasmspring.autoconfigure.WasmAutoConfiguration;
import io.github.wasmspring.client.WasmModuleManager;
import io.github.wasmspring.module.WasmModuleDescriptor;
import io.github.wasmspring.rollout.WasmCanarySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.CompletableFuture;
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
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.RequestContextHolder;

/** A request says which code is to answer it. */
class CanaryHeaderTest {

  interface Percentages {
    int percent(int amount, int percent);
  }

  interface PercentagesLater {
    CompletableFuture<Integer> percent(int amount, int percent);
  }

  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  @Import(Shop.class)
  static class Application {}

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

  @Test
  void aRequestIsAnsweredByTheCodeThatItAsksFor() throws Exception {
    try (ConfigurableApplicationContext server =
        new SpringApplicationBuilder(Application.class)
            .web(WebApplicationType.SERVLET)
            .registerShutdownHook(false)
            .run(
                "--server.port=0", "--wasm.modules.mathlib.location=classpath:wasm/mathlib.wasm")) {
      String port = server.getEnvironment().getRequiredProperty("local.server.port");
      WasmModuleManager manager = server.getBean(WasmModuleManager.class);
      assertThat(get(port, "/discount", "X-Canary", "always")).isEqualTo("10");
      manager.update(
          "mathlib",
          "*",
          WasmModuleDescriptor.builder("mathlib")
              .version("2.0.0")
              .location("classpath:wasm/mathlib-2.wasm")
              .settings(settings -> settings.rollout(it -> it.canaryHeader("X-Canary")))
              .build());

      for (String path : new String[] {"/discount", "/later"}) {
        assertThat(get(port, path, "x-canary", "always")).isEqualTo("11");
        assertThat(get(port, path, "X-Canary", "never")).isEqualTo("10");
        assertThat(get(port, path, "X-Canary", "sometimes")).isEqualTo("10");
        assertThat(get(port, path, "X-Other", "always")).isEqualTo("10");
      }
      assertThat(manager.rollout("mathlib", "*").orElseThrow().candidate().calls()).isEqualTo(2);
    }
  }

  private static String get(String port, String path, String header, String value)
      throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                .header(header, value)
                .build(),
            BodyHandlers.ofString())
        .body();
  }

  private static final AutoConfigurations BOTH =
      AutoConfigurations.of(WasmCanaryHeaderAutoConfiguration.class, WasmAutoConfiguration.class);

  @Test
  void onlyWhereThereAreServletsAndNobodyElseDecides() {
    new WebApplicationContextRunner()
        .withConfiguration(BOTH)
        .run(
            context ->
                assertThat(context)
                    .getBean(WasmCanarySelector.class)
                    .isInstanceOf(CanaryHeaderSelector.class));
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
        .run(context -> assertThat(context).doesNotHaveBean(WasmCanarySelector.class));
    new ReactiveWebApplicationContextRunner()
        .withConfiguration(BOTH)
        .run(context -> assertThat(context).doesNotHaveBean(WasmCanarySelector.class));
  }
}
