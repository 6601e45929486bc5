package io.github.wasmspring.autoconfigure.observe.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.WasmException;
import io.github.wasmspring.autoconfigure.WasmAutoConfiguration;
import io.github.wasmspring.client.WasmModuleManager;
import io.github.wasmspring.observe.WasmErrorReporter;
import org.junit.jupiter.api.Test;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class WasmErrorsEndpointAutoConfigurationTest {

  private final ApplicationContextRunner notExposed =
      new ApplicationContextRunner()
          .withConfiguration(
              AutoConfigurations.of(
                  WasmAutoConfiguration.class, WasmErrorsEndpointAutoConfiguration.class))
          .withPropertyValues("wasm.modules.calc.location=classpath:wasm/calc.wasm");

  private final ApplicationContextRunner runner =
      this.notExposed.withPropertyValues("management.endpoints.web.exposure.include=wasmerrors");

  @Test
  void tellsWhatFailed() {
    this.runner.run(
        context -> {
          WasmModuleManager manager = context.getBean(WasmModuleManager.class);
          assertThatThrownBy(() -> manager.module("calc").operation("trap").retrieve(Integer.class))
              .isInstanceOf(WasmException.class);
          WasmErrorsEndpoint endpoint = context.getBean(WasmErrorsEndpoint.class);
          assertThat(endpoint.errorsOf("calc").rows())
              .singleElement()
              .satisfies(
                  row -> {
                    assertThat(row.operation()).isEqualTo("trap");
                    assertThat(row.category()).isEqualTo(WasmErrorCategory.TRAP);
                    assertThat(row.count()).isOne();
                  });
          assertThat(endpoint.errorsOf("json").rows()).isEmpty();
          assertThat(endpoint.text()).contains("calc 1.0.0 trap TRAP: 1 time, 0 answered by Java");

          endpoint.clear();
          assertThat(endpoint.errors().total()).isZero();
        });
  }

  @Test
  void isNotThereUnlessItIsExposed() {
    this.notExposed.run(
        context ->
            assertThat(context)
                .doesNotHaveBean(WasmErrorsEndpoint.class)
                .doesNotHaveBean(WasmErrorReporter.class));
  }

  @Test
  void backsOffForTheUsersOwn() {
    WasmErrorReporter own = new WasmErrorReporter();
    this.runner
        .withBean(WasmErrorReporter.class, () -> own)
        .withBean("ownEndpoint", WasmErrorsEndpoint.class, () -> new WasmErrorsEndpoint(own))
        .run(
            context -> {
              assertThat(context).hasSingleBean(WasmErrorReporter.class);
              assertThat(context).hasSingleBean(WasmErrorsEndpoint.class);
            });
  }

  @Test
  void needsActuator() {
    this.runner
        .withClassLoader(new FilteredClassLoader(Endpoint.class))
        .run(
            context -> assertThat(context).hasNotFailed().doesNotHaveBean(WasmErrorReporter.class));
  }
}
