package io.github.wasmspring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

import io.github.wasmspring.WasmExecutionException;
import io.github.wasmspring.WasmModule;
import io.github.wasmspring.client.WasmModuleManager;
import io.github.wasmspring.prepare.WasmLink;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Modules that import from each other, from properties to the answer. */
class DependencyPropertiesTest {

  /** What {@code prices.wat} can do. */
  @WasmModule("prices")
  public interface Prices {

    int total(int price, int tax);

    int each(int price, int people);
  }

  private final ApplicationContextRunner runner =
      new ApplicationContextRunner()
          .withConfiguration(AutoConfigurations.of(WasmAutoConfiguration.class))
          .withPropertyValues(
              "wasm.modules.mathlib.location=classpath:wasm/mathlib.wasm",
              "wasm.modules.mathlib.version=1.4.0",
              "wasm.modules.prices.location=classpath:wasm/prices.wasm");

  @Configuration(proxyBeanMethods = false)
  static class BindPrices {

    @Bean
    Prices prices(WasmModuleManager manager) {
      return manager.bind(Prices.class);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"jvm", "chicory"})
  void aModuleGetsWhatItImportsFromADependency(String engine) {
    this.runner
        .withUserConfiguration(BindPrices.class)
        .withPropertyValues(
            "wasm.engine.name=" + engine, "wasm.modules.prices.dependencies.mathlib=^1.2")
        .run(
            context -> {
              assertThat(context.getBean(Prices.class).total(250, 19)).isEqualTo(297);
              assertThat(context.getBean(WasmModuleManager.class).status("prices").get(0).links())
                  .extracting(WasmLink::module, WasmLink::version)
                  .containsExactly(tuple("mathlib", "1.4.0"));
            });
  }

  @Test
  void theFailureOfADependencySaysWhereItWas() {
    this.runner
        .withUserConfiguration(BindPrices.class)
        .withPropertyValues("wasm.modules.prices.dependencies.mathlib=^1.2")
        .run(
            context ->
                assertThatExceptionOfType(WasmExecutionException.class)
                    .isThrownBy(() -> context.getBean(Prices.class).each(10, 0))
                    .withMessageContaining("module 'prices'")
                    .withMessageContaining(
                        "(in share of mathlib at 0x40, called by each at 0x62)"));
  }

  @Test
  void anIdMayBeSpelledAsThatOfAModule() {
    this.runner
        .withUserConfiguration(BindPrices.class)
        .withPropertyValues("wasm.modules.prices.dependencies.mathLib=^1.2")
        .run(context -> assertThat(context.getBean(Prices.class).total(250, 19)).isEqualTo(297));
  }

  @Test
  void aModuleOfAnotherNameIsLinked() {
    this.runner
        .withUserConfiguration(BindPrices.class)
        .withPropertyValues(
            "wasm.modules.arithmetic.location=classpath:wasm/mathlib-2.wasm",
            "wasm.modules.prices.dependencies.arithmetic=*",
            "wasm.modules.prices.links.mathlib=arithmetic")
        .run(context -> assertThat(context.getBean(Prices.class).total(250, 19)).isEqualTo(298));
  }

  @Test
  void aLinkToNoDependencyStopsTheStart() {
    this.runner
        .withUserConfiguration(BindPrices.class)
        .withPropertyValues("wasm.modules.prices.links.mathlib=arithmetic")
        .run(
            context ->
                assertThat(context)
                    .getFailure()
                    .hasRootCauseInstanceOf(IllegalArgumentException.class)
                    .rootCause()
                    .hasMessageContaining("'arithmetic', which is none of its dependencies"));
  }

  @Test
  void anUnreadableRangeStopsTheStartByItsProperty() {
    this.runner
        .withUserConfiguration(BindPrices.class)
        .withPropertyValues("wasm.modules.prices.dependencies.mathlib=latest and greatest")
        .run(
            context ->
                assertThat(context)
                    .getFailure()
                    .hasStackTraceContaining(
                        InvalidConfigurationPropertyValueException.class.getName())
                    .hasStackTraceContaining("wasm.modules.prices.dependencies.mathlib"));
  }

  /** Says in the annotation what it needs. */
  @WasmModule(
      id = "prices-of-class",
      location = "classpath:wasm/prices.wasm",
      dependencies = "mathlib@${mathlib.range:^1}")
  static class PricesOfClass {}

  @Test
  void aClassSaysItInItsAnnotation() {
    this.runner
        .withUserConfiguration(PricesOfClass.class)
        .run(
            context ->
                assertThat(
                        context
                            .getBean(WasmModuleManager.class)
                            .module("prices-of-class")
                            .operation("total")
                            .arguments(250, 19)
                            .<Integer>retrieve(int.class)
                            .value())
                    .isEqualTo(297));
  }
}
