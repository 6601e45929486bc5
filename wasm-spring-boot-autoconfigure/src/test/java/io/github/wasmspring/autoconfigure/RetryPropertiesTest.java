package io.github.wasmspring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.client.WasmModuleManager;
import io.github.wasmspring.event.WasmEvent;
import io.github.wasmspring.event.WasmEventListener;
import io.github.wasmspring.fallback.WasmRetryPolicy;
import io.github.wasmspring.module.WasmModuleSettings.Retry;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.core.retry.RetryPolicy;

/** What is tried again, as properties and beans say it. */
class RetryPropertiesTest {

  private final List<WasmEvent> events = new CopyOnWriteArrayList<>();

  private final ApplicationContextRunner runner =
      new ApplicationContextRunner()
          .withConfiguration(AutoConfigurations.of(WasmAutoConfiguration.class))
          .withBean(WasmEventListener.class, () -> this.events::add)
          .withPropertyValues(
              "wasm.modules.calc.location=classpath:wasm/calc.wasm",
              "wasm.modules.calc.quarantine.failures=0");

  private static Retry retry(AssertableApplicationContext context) {
    return context.getBean(WasmModuleManager.class).registry().get("calc", "*").settings().retry();
  }

  private long retries() {
    return this.events.stream().filter(WasmEvent.CallRetried.class::isInstance).count();
  }

  private static int trap(AssertableApplicationContext context) {
    return context.getBean(WasmModuleManager.class).bind(Calc.class).trap();
  }

  @Test
  void ofAModule() {
    this.runner
        .withPropertyValues(
            "wasm.modules.calc.retry.max-attempts=4",
            "wasm.modules.calc.retry.delay=10ms",
            "wasm.modules.calc.retry.multiplier=1.5",
            "wasm.modules.calc.retry.max-delay=1s",
            "wasm.modules.calc.retry.jitter=5ms",
            "wasm.modules.calc.retry.max-time=20s",
            "wasm.modules.calc.retry.categories=trap,timeout")
        .run(
            context ->
                assertThat(retry(context))
                    .isEqualTo(
                        new Retry(
                            4,
                            Duration.ofMillis(10),
                            1.5,
                            Duration.ofSeconds(1),
                            Duration.ofMillis(5),
                            Duration.ofSeconds(20),
                            Set.of(WasmErrorCategory.TRAP, WasmErrorCategory.TIMEOUT),
                            null)));
  }

  @Test
  void theCategoriesAreThoseThatAreTriedAgain() {
    this.runner
        .withPropertyValues(
            "wasm.defaults.retry.max-attempts=3",
            "wasm.defaults.retry.delay=0s",
            "wasm.defaults.retry.categories=trap")
        .run(
            context -> {
              assertThat(trap(context)).isEqualTo(-1);
              assertThat(retries()).isEqualTo(2);
            });
  }

  @ParameterizedTest
  @CsvSource({
    "wasm.defaults.retry.multiplier, 0, between 1 and 1000",
    "wasm.modules.calc.retry.categories, operation, own business",
    "wasm.modules.calc.retry.max-time, 0s, must be positive",
    "wasm.modules.calc.retry.jitter, -1s, can be negative"
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

  @Test
  void aPolicyOfSpringDecides() {
    RetryPolicy policy =
        RetryPolicy.builder()
            .maxRetries(4)
            .delay(Duration.ofMillis(1))
            .predicate(failure -> failure.getMessage().contains("trap"))
            .build();
    this.runner
        .withBean("patient", RetryPolicy.class, () -> policy)
        .withPropertyValues("wasm.modules.calc.retry.policy=patient")
        .run(
            context -> {
              assertThat(trap(context)).isEqualTo(-1);
              assertThat(retries()).isEqualTo(4);
            });
  }

  @Test
  void theTimeOfAPolicyOfSpringIsTheTimeForAll() {
    RetryPolicy policy =
        RetryPolicy.builder()
            .maxRetries(Long.MAX_VALUE)
            .delay(Duration.ofMillis(50))
            .timeout(Duration.ofMillis(400))
            .build();
    this.runner
        .withBean("hasty", RetryPolicy.class, () -> policy)
        .withPropertyValues(
            "wasm.modules.calc.retry.policy=hasty", "wasm.modules.calc.limits.timeout=100ms")
        .run(
            context -> {
              assertThat(trap(context)).isEqualTo(-1);
              assertThat(retries()).isBetween(1L, 8L);
            });
  }

  @Test
  void soDoesOneOfOurs() {
    this.runner
        .withBean(
            "once",
            WasmRetryPolicy.class,
            () -> (failure, attempt) -> attempt == 1 ? Duration.ZERO : null)
        .withPropertyValues("wasm.modules.calc.retry.policy=once")
        .run(
            context -> {
              assertThat(trap(context)).isEqualTo(-1);
              assertThat(retries()).isOne();
            });
  }

  @Test
  void aPolicyThatNobodyNamesDecidesNothing() {
    this.runner
        .withBean("other", RetryPolicy.class, RetryPolicy::withDefaults)
        .run(
            context -> {
              assertThat(trap(context)).isEqualTo(-1);
              assertThat(retries()).isZero();
            });
  }

  @Test
  void oneThatDoesNotExistIsRefusedWithThoseThatDo() {
    this.runner
        .withBean("patient", RetryPolicy.class, RetryPolicy::withDefaults)
        .withPropertyValues("wasm.modules.calc.retry.policy=pateint")
        .run(
            context ->
                assertThatThrownBy(() -> context.getBean(WasmModuleManager.class))
                    .hasRootCauseInstanceOf(InvalidConfigurationPropertyValueException.class)
                    .rootCause()
                    .hasMessageContaining("wasm.modules.calc.retry.policy")
                    .hasMessageContaining("there are: patient"));
  }
}
