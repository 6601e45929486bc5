package io.github.wasmspring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wasmspring.client.WasmModuleManager;
import io.github.wasmspring.module.WasmModuleSettings.Quarantine;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** When an operation is left alone, as properties say it. */
class QuarantinePropertiesTest {

  private final ApplicationContextRunner runner =
      new ApplicationContextRunner()
          .withConfiguration(AutoConfigurations.of(WasmAutoConfiguration.class))
          .withPropertyValues("wasm.modules.calc.location=classpath:wasm/calc.wasm");

  private static Quarantine quarantine(AssertableApplicationContext context) {
    return context
        .getBean(WasmModuleManager.class)
        .registry()
        .get("calc", "*")
        .settings()
        .quarantine();
  }

  @Test
  void isOnUnlessItIsTurnedOff() {
    Duration tenSeconds = Duration.ofSeconds(10);
    this.runner.run(
        context ->
            assertThat(quarantine(context))
                .isEqualTo(new Quarantine(10, tenSeconds, Duration.ofMinutes(1))));
    this.runner
        .withPropertyValues("wasm.defaults.quarantine.failures=0")
        .run(
            context -> {
              assertThat(quarantine(context).failures()).isZero();
              Calc calc = context.getBean(WasmModuleManager.class).bind(Calc.class);
              for (int i = 0; i < 20; i++) {
                calc.trap();
              }
              assertThat(
                      context.getBean(WasmModuleManager.class).status("calc").get(0).quarantined())
                  .isEmpty();
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"wasm.defaults", "wasm.modules.calc"})
  void ofAllModulesAndOfOne(String prefix) {
    this.runner
        .withPropertyValues(
            prefix + ".quarantine.failures=3",
            prefix + ".quarantine.time=2s",
            prefix + ".quarantine.max-time=1h")
        .run(
            context ->
                assertThat(quarantine(context))
                    .isEqualTo(new Quarantine(3, Duration.ofSeconds(2), Duration.ofHours(1))));
  }

  @Test
  void aModuleHasTheLastWord() {
    this.runner
        .withPropertyValues(
            "wasm.defaults.quarantine.failures=3", "wasm.modules.calc.quarantine.failures=0")
        .run(context -> assertThat(quarantine(context).failures()).isZero());
  }

  @ParameterizedTest
  @CsvSource({
    "wasm.modules.calc.quarantine.failures, -1, must not be negative",
    "wasm.modules.calc.quarantine.time, 0s, must be positive",
    "wasm.defaults.quarantine.max-time, -1s, must be positive",
    "wasm.modules.calc.quarantine.time, 200000d, at most 36500 days"
  })
  void whatMakesNoSenseStopsTheStart(String property, String value, String why) {
    this.runner
        .withPropertyValues(property + "=" + value)
        .run(
            context ->
                assertThat(context.getStartupFailure())
                    .hasStackTraceContaining("Property " + property + " with value")
                    .hasStackTraceContaining(why));
  }
}
