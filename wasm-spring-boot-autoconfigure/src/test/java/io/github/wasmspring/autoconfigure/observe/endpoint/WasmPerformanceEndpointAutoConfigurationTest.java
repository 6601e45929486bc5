package io.github.wasmspring.autoconfigure.observe.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

import io.github.wasmspring.autoconfigure.WasmAutoConfiguration;
import io.github.wasmspring.client.WasmModuleManager;
import io.github.wasmspring.internal.sandbox.MemoryBudget;
import io.github.wasmspring.observe.WasmFinding;
import io.github.wasmspring.observe.WasmPerformanceReporter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class WasmPerformanceEndpointAutoConfigurationTest {

  private final ApplicationContextRunner notExposed =
      new ApplicationContextRunner()
          .withConfiguration(
              AutoConfigurations.of(
                  WasmAutoConfiguration.class, WasmPerformanceEndpointAutoConfiguration.class))
          .withPropertyValues("wasm.modules.calc.location=classpath:wasm/calc.wasm");

  private final ApplicationContextRunner runner =
      this.notExposed.withPropertyValues(
          "management.endpoints.web.exposure.include=wasmperformance");

  @Test
  void reportsOnModulesThatNobodyHasCalledYet() {
    this.runner.run(
        context -> {
          WasmPerformanceEndpoint endpoint = context.getBean(WasmPerformanceEndpoint.class);
          assertThat(endpoint.report().modules()).isPositive();
          assertThat(endpoint.report().findings()).isEmpty();
          assertThat(endpoint.text()).contains("nothing to improve");
        });
  }

  @Test
  void findsThatCodeIsNotKept() {
    this.runner.run(
        context -> {
          context.getBean(WasmModuleManager.class).warmUp("calc");
          assertThat(context.getBean(WasmPerformanceEndpoint.class).report().findings())
              .extracting(WasmFinding::rule)
              .containsExactly("compiled-at-each-start");
        });
  }

  @Test
  void knowsThatCodeIsKept(@TempDir Path directory) {
    this.runner
        .withPropertyValues("wasm.cache.directory=" + directory.resolve("code"))
        .run(
            context -> {
              context.getBean(WasmModuleManager.class).warmUp("calc");
              assertThat(context.getBean(WasmPerformanceEndpoint.class).report().findings())
                  .isEmpty();
            });
  }

  @Test
  void isNotThereUnlessItIsExposed() {
    this.notExposed.run(
        context ->
            assertThat(context)
                .doesNotHaveBean(WasmPerformanceEndpoint.class)
                .doesNotHaveBean(WasmPerformanceReporter.class));
  }

  @Test
  void isNotThereWhereAccessIsDenied() {
    this.runner
        .withPropertyValues("management.endpoint.wasmperformance.access=NONE")
        .run(context -> assertThat(context).doesNotHaveBean(WasmPerformanceEndpoint.class));
  }

  @Test
  void hasNothingToSayWhereModulesAreSwitchedOff() {
    this.runner
        .withPropertyValues("wasm.enabled=false")
        .run(
            context ->
                assertThat(context.getBean(WasmPerformanceEndpoint.class).report().findings())
                    .isEmpty());
  }

  @Test
  void backsOffForTheUsersOwn() {
    WasmPerformanceReporter own =
        new WasmPerformanceReporter(mock(WasmModuleManager.class), new MemoryBudget(1));
    this.runner
        .withBean(WasmPerformanceReporter.class, () -> own)
        .withBean(
            "ownEndpoint", WasmPerformanceEndpoint.class, () -> new WasmPerformanceEndpoint(own))
        .run(
            context -> {
              assertThat(context).hasSingleBean(WasmPerformanceReporter.class);
              assertThat(context).hasSingleBean(WasmPerformanceEndpoint.class);
            });
  }

  @Test
  void needsActuator() {
    this.runner
        .withClassLoader(new FilteredClassLoader(Endpoint.class))
        .run(
            context ->
                assertThat(context).hasNotFailed().doesNotHaveBean(WasmPerformanceReporter.class));
  }
}
