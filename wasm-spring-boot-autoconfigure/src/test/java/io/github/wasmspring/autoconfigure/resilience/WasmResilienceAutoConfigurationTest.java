package io.github.wasmspring.autoconfigure.resilience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.autoconfigure.Calc;
import io.github.wasmspring.autoconfigure.WasmAutoConfiguration;
import io.github.wasmspring.autoconfigure.health.WasmHealthContributorAutoConfiguration;
import io.github.wasmspring.autoconfigure.metrics.WasmMetricsAutoConfiguration;
import io.github.wasmspring.client.WasmModuleManager;
import io.github.wasmspring.event.WasmEvent;
import io.github.wasmspring.event.WasmEventListener;
import io.github.wasmspring.fallback.WasmQuarantine;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.health.contributor.CompositeHealthContributor;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;

/** A breaker of resilience4j decides about the calls of a module. */
class WasmResilienceAutoConfigurationTest {

  private final List<WasmEvent> events = new CopyOnWriteArrayList<>();

  private final ApplicationContextRunner plain =
      new ApplicationContextRunner()
          .withConfiguration(
              AutoConfigurations.of(
                  WasmResilienceAutoConfiguration.class,
                  WasmAutoConfiguration.class,
                  WasmHealthContributorAutoConfiguration.class,
                  WasmMetricsAutoConfiguration.class))
          .withBean(SimpleMeterRegistry.class)
          .withBean(WasmEventListener.class, () -> this.events::add)
          .withPropertyValues(
              "wasm.modules.calc.location=classpath:wasm/calc.wasm",
              "wasm.modules.calc.quarantine.circuit-breaker=prices");

  private final ApplicationContextRunner runner =
      this.plain.withBean(CircuitBreakerRegistry.class, CircuitBreakerRegistry::ofDefaults);

  private static CircuitBreaker breaker(AssertableApplicationContext context) {
    return context.getBean(CircuitBreakerRegistry.class).circuitBreaker("prices");
  }

  private static WasmModuleManager manager(AssertableApplicationContext context) {
    return context.getBean(WasmModuleManager.class);
  }

  private static List<WasmQuarantine> quarantined(AssertableApplicationContext context) {
    return manager(context).status("calc").get(0).quarantined();
  }

  @Test
  void itLearnsOfAnswersAndFailures() {
    this.runner.run(
        context -> {
          Calc calc = manager(context).bind(Calc.class);
          for (int i = 0; i < 200; i++) {
            assertThat(calc.add(i, 1)).isEqualTo(i + 1);
          }
          for (int i = 0; i < 30; i++) {
            assertThat(calc.trap()).isEqualTo(-1);
          }
          CircuitBreaker.Metrics metrics = breaker(context).getMetrics();
          assertThat(metrics.getNumberOfBufferedCalls()).isEqualTo(100);
          assertThat(metrics.getNumberOfFailedCalls()).isEqualTo(30);
          assertThat(quarantined(context)).isEmpty();
        });
  }

  @Test
  void whenItOpensTheModuleIsInQuarantine() {
    this.runner.run(
        context -> {
          Calc calc = manager(context).bind(Calc.class);
          for (int i = 0; i < 100; i++) {
            assertThat(calc.trap()).isEqualTo(-1);
          }
          assertThat(breaker(context).getState()).isEqualTo(CircuitBreaker.State.OPEN);
          assertThatThrownBy(() -> calc.add(1, 2))
              .hasMessageContaining("the circuit breaker 'prices' is OPEN")
              .hasMessageContaining("TRAP");
          assertThat(quarantined(context))
              .singleElement()
              .satisfies(
                  row -> {
                    assertThat(row.operation()).isEqualTo(WasmQuarantine.ALL);
                    assertThat(row.category()).isEqualTo(WasmErrorCategory.TRAP);
                    assertThat(row.probeIn()).isPositive();
                  });
          MeterRegistry registry = context.getBean(MeterRegistry.class);
          assertThat(registry.get("wasm.quarantines").tag("operation", "*").counter().count())
              .isOne();
          HealthIndicator health =
              (HealthIndicator)
                  context.getBean(CompositeHealthContributor.class).getContributor("calc");
          assertThat(health.health().getDetails()).containsKey("quarantined");

          breaker(context).transitionToClosedState();
          assertThat(calc.add(1, 2)).isEqualTo(3);
          assertThat(quarantined(context)).isEmpty();
          assertThat(this.events)
              .filteredOn(
                  event ->
                      event instanceof WasmEvent.OperationQuarantined
                          || event instanceof WasmEvent.OperationReleased)
              .hasSize(2);
        });
  }

  @Test
  void whoReleasesResetsIt() {
    this.runner.run(
        context -> {
          breaker(context).transitionToForcedOpenState();
          Calc calc = manager(context).bind(Calc.class);
          assertThatThrownBy(() -> calc.add(1, 2)).hasMessageContaining("OPEN");
          manager(context).release("calc");
          assertThat(calc.add(1, 2)).isEqualTo(3);
        });
  }

  /** The module is another one then, and the breaker is as people have left it. */
  @Test
  void whoLoadsTheModuleAgainEndsWhatCallsHaveDoneAndNothingElse() {
    this.runner.run(
        context -> {
          Calc calc = manager(context).bind(Calc.class);
          assertThat(calc.add(1, 2)).isEqualTo(3);
          breaker(context).transitionToOpenState();
          manager(context).reload("calc");
          assertThat(breaker(context).getState()).isEqualTo(CircuitBreaker.State.CLOSED);

          breaker(context).transitionToForcedOpenState();
          manager(context).reload("calc");
          manager(context).evict("calc");
          assertThat(breaker(context).getState()).isEqualTo(CircuitBreaker.State.FORCED_OPEN);
          breaker(context).transitionToDisabledState();
          manager(context).reload("calc");
          assertThat(breaker(context).getState()).isEqualTo(CircuitBreaker.State.DISABLED);
        });
  }

  @Test
  void oneThatIsDisabledLetsAllThrough() {
    this.runner.run(
        context -> {
          breaker(context).transitionToDisabledState();
          Calc calc = manager(context).bind(Calc.class);
          for (int i = 0; i < 200; i++) {
            assertThat(calc.trap()).isEqualTo(-1);
          }
          assertThat(calc.add(1, 2)).isEqualTo(3);
          assertThat(quarantined(context)).isEmpty();
        });
  }

  @Test
  void withoutARegistryTheStartSaysWhatIsMissing() {
    for (ApplicationContextRunner without :
        List.of(
            this.plain,
            this.plain.withClassLoader(new FilteredClassLoader(CircuitBreakerRegistry.class)))) {
      without.run(
          context ->
              assertThat(context.getStartupFailure())
                  .hasRootCauseInstanceOf(InvalidConfigurationPropertyValueException.class)
                  .rootCause()
                  .hasMessageContaining("wasm.modules.calc.quarantine.circuit-breaker")
                  .hasMessageContaining("resilience4j-spring-boot4"));
    }
  }

  /** The starter of resilience4j configures the breaker, by its own properties. */
  @Test
  void itWorksWithTheStarterOfResilience4j() {
    new ApplicationContextRunner()
        .withUserConfiguration(Application.class)
        .withPropertyValues(
            "wasm.modules.calc.location=classpath:wasm/calc.wasm",
            "wasm.modules.calc.quarantine.circuit-breaker=prices",
            "resilience4j.circuitbreaker.instances.prices.sliding-window-size=4",
            "resilience4j.circuitbreaker.instances.prices.minimum-number-of-calls=4")
        .run(
            context -> {
              Calc calc = manager(context).bind(Calc.class);
              for (int i = 0; i < 4; i++) {
                assertThat(calc.trap()).isEqualTo(-1);
              }
              assertThat(breaker(context).getState()).isEqualTo(CircuitBreaker.State.OPEN);
              assertThatThrownBy(() -> calc.add(1, 2)).hasMessageContaining("'prices' is OPEN");
            });
  }

  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration(exclude = DataSourceAutoConfiguration.class)
  static class Application {}
}
