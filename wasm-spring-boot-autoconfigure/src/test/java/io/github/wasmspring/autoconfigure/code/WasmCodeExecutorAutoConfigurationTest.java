package io.github.wasmspring.autoconfigure.code;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.wasmspring.WasmException;
import io.github.wasmspring.autoconfigure.WasmAutoConfiguration;
import io.github.wasmspring.client.WasmModuleManager;
import io.github.wasmspring.code.CodeExecutor;
import io.github.wasmspring.code.CodeExecutorSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

class WasmCodeExecutorAutoConfigurationTest {

  private final ApplicationContextRunner runner =
      new ApplicationContextRunner()
          .withConfiguration(
              AutoConfigurations.of(
                  WasmAutoConfiguration.class, WasmCodeExecutorAutoConfiguration.class));

  record Place(String cityName) {}

  private static String json(CodeExecutor executor, String source) {
    return executor.javascript(source).timeout(Duration.ofSeconds(30)).run().json();
  }

  @Test
  void itIsThereForWhoeverNeedsIt() {
    this.runner.run(
        context -> {
          assertThat(context.getBeanFactory().containsSingleton("wasmCodeExecutor")).isFalse();
          CodeExecutor executor = context.getBean(CodeExecutor.class);
          assertThat(executor.settings()).isEqualTo(CodeExecutorSettings.DEFAULTS);
          assertThat(json(executor, "6 * 7")).isEqualTo("42");
        });
  }

  @Test
  void propertiesSayHowItIs() {
    this.runner
        .withPropertyValues(
            "wasm.services.code.execute.timeout=50ms",
            "wasm.services.code.execute.memory-limit=8MB",
            "wasm.services.code.execute.stack=64KB",
            "wasm.services.code.execute.output-limit=1KB",
            "wasm.services.code.execute.console-limit=2KB",
            "wasm.services.code.execute.zone=Asia/Tokyo")
        .run(
            context ->
                assertThat(context.getBean(CodeExecutor.class).settings())
                    .isEqualTo(
                        CodeExecutorSettings.DEFAULTS
                            .withTimeout(Duration.ofMillis(50))
                            .withMemory(8 << 20)
                            .withStack(64 << 10)
                            .withOutput(1024)
                            .withConsole(2048)
                            .withZone(ZoneId.of("Asia/Tokyo"))));
  }

  @Test
  void librariesAreThereForAllCode() {
    this.runner
        .withPropertyValues(
            "wasm.services.code.execute.libraries="
                + library("a.js", "var tax = n => n * 1.19;")
                + ","
                + library("b.js", "var withTax = n => 'EUR ' + tax(n);"))
        .run(
            context ->
                assertThat(json(context.getBean(CodeExecutor.class), "withTax(100)"))
                    .isEqualTo("\"EUR 119\""));
  }

  private static String library(String name, String source) {
    try {
      Path file = Files.createTempDirectory("library").resolve(name);
      file.toFile().deleteOnExit();
      return Files.write(file, source.getBytes(StandardCharsets.UTF_8)).toUri().toString();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  @Test
  void aLibraryThatCanNotBeLoadedIsNamed() {
    this.runner
        .withPropertyValues(
            "wasm.services.code.execute.libraries=" + library("broken.js", "var a = ;"))
        .run(
            context ->
                assertThatThrownBy(() -> json(context.getBean(CodeExecutor.class), "1"))
                    .isInstanceOf(WasmException.class)
                    .hasMessageContaining("broken.js")
                    .hasMessageContaining("unexpected token"));
  }

  @Test
  void aLibraryThatIsNotThereStopsTheStart() {
    this.runner
        .withPropertyValues("wasm.services.code.execute.libraries=classpath:none.js")
        .withUserConfiguration(Needy.class)
        .run(
            context ->
                assertThat(context.getStartupFailure())
                    .hasStackTraceContaining("wasm.services.code.execute.libraries"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"timeout=0s", "memory-limit=0B", "stack=1GB", "output-limit=0B"})
  void whatCanNeverBeIsRefusedByItsName(String property) {
    String name = "wasm.services.code.execute." + property.substring(0, property.indexOf('='));
    this.runner
        .withPropertyValues("wasm.services.code.execute." + property)
        .withUserConfiguration(Needy.class)
        .run(
            context ->
                assertThat(context.getStartupFailure()).isNotNull().hasStackTraceContaining(name));
  }

  @Test
  void valuesCrossAsTheApplicationWritesJson() {
    this.runner
        .withBean(
            JsonMapper.class,
            () ->
                JsonMapper.builder()
                    .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                    .build())
        .run(
            context ->
                assertThat(
                        context
                            .getBean(CodeExecutor.class)
                            .javascript("({ city_name: place.city_name + '!' })")
                            .argument("place", new Place("Bonn"))
                            .timeout(Duration.ofSeconds(30))
                            .run()
                            .as(Place.class))
                    .isEqualTo(new Place("Bonn!")));
  }

  @Test
  void whereModulesAreOffNothingRuns() {
    this.runner
        .withPropertyValues("wasm.enabled=false")
        .run(
            context ->
                assertThatThrownBy(() -> json(context.getBean(CodeExecutor.class), "1"))
                    .isInstanceOf(WasmException.class));
  }

  @Test
  void aNativeImageHasTheDriver() {
    RuntimeHints hints = new RuntimeHints();
    new WasmCodeExecutorAutoConfiguration.DriverHints().registerHints(hints, null);

    assertThat(
            RuntimeHintsPredicates.resource()
                .forResource("io/github/wasmspring/internal/code/driver.js"))
        .accepts(hints);
    assertThat(getClass().getResource("/io/github/wasmspring/internal/code/driver.js")).isNotNull();
  }

  @Test
  void anotherOneIsKept() {
    this.runner
        .withUserConfiguration(Own.class)
        .run(
            context ->
                assertThat(context.getBean(CodeExecutor.class).settings().memory())
                    .isEqualTo(7 << 20));
  }

  @Test
  void itCanBeSwitchedOff() {
    this.runner
        .withPropertyValues("wasm.services.code.execute.enabled=false")
        .run(context -> assertThat(context).doesNotHaveBean(CodeExecutor.class));
  }

  @Test
  void withoutItsJarThereIsNone() {
    this.runner
        .withClassLoader(new FilteredClassLoader(CodeExecutor.class))
        .run(context -> assertThat(context).doesNotHaveBean("wasmCodeExecutor"));
  }

  @Configuration(proxyBeanMethods = false)
  static class Own {
    @Bean
    CodeExecutor own(WasmModuleManager manager) {
      return CodeExecutor.of(manager, CodeExecutorSettings.DEFAULTS.withMemory(7 << 20));
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class Needy {
    @Bean
    String needy(CodeExecutor executor, WasmModuleManager manager) {
      return executor + " " + manager.status("quickjs");
    }
  }
}
