package io.github.wasmspring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wasmspring.client.WasmModuleManager;
import io.github.wasmspring.module.WasmMemoryAlert;
import io.github.wasmspring.module.WasmMemoryAlert.Action;
import io.github.wasmspring.module.WasmModuleSettings;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.core.env.MapPropertySource;

/** Properties about memory, pools and sessions. */
class MemoryPropertiesTest {

  private final ApplicationContextRunner runner =
      new ApplicationContextRunner()
          .withConfiguration(AutoConfigurations.of(WasmAutoConfiguration.class))
          .withPropertyValues("wasm.modules.calc.location=classpath:wasm/calc.wasm");

  private void settings(Consumer<WasmModuleSettings> check, String... properties) {
    this.runner
        .withPropertyValues(properties)
        .run(
            context ->
                check.accept(
                    context
                        .getBean(WasmModuleManager.class)
                        .registry()
                        .get("calc", "*")
                        .settings()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"wasm.defaults", "wasm.modules.calc"})
  void poolsAndSessions(String prefix) {
    settings(
        settings -> {
          assertThat(settings.pool().recycleAbove()).isEqualTo(1 << 20);
          assertThat(settings.pool().prepared()).isEqualTo(3);
          assertThat(settings.pool().maxSessionTime()).isEqualTo(Duration.ofMinutes(1));
          assertThat(settings.pool().traceSessions()).isTrue();
          assertThat(settings.limits().memoryAlerts())
              .containsExactly(new WasmMemoryAlert(80, 60, Set.of(Action.RECYCLE, Action.LOG)));
        },
        prefix + ".pool.recycle-above=1MB",
        prefix + ".pool.prepared=3",
        prefix + ".pool.max-session-time=1m",
        prefix + ".pool.trace-sessions=true",
        prefix + ".limits.memory-alerts[0].threshold=80%",
        prefix + ".limits.memory-alerts[0].clear-below=60",
        prefix + ".limits.memory-alerts[0].actions=recycle,log");
  }

  @Test
  void aThresholdMayBeANumber() {
    this.runner
        .withInitializer(
            context ->
                context
                    .getEnvironment()
                    .getPropertySources()
                    .addFirst(
                        new MapPropertySource(
                            "numbers",
                            Map.of("wasm.modules.calc.limits.memory-alerts[0].threshold", 70))))
        .run(
            context ->
                assertThat(
                        context
                            .getBean(WasmModuleManager.class)
                            .registry()
                            .get("calc", "*")
                            .settings()
                            .limits()
                            .memoryAlerts())
                    .containsExactly(
                        new WasmMemoryAlert(70, 60, Set.of(Action.EVENT, Action.LOG))));
  }

  @Test
  void theBudgetAlertsAtNinetyPercentUnlessToldOtherwise() {
    this.runner.run(
        context ->
            assertThat(context.getBean(WasmProperties.class).getMemory().getAlerts())
                .singleElement()
                .satisfies(
                    alert -> {
                      assertThat(alert.getThreshold()).hasToString("90%");
                      assertThat(alert.getActions()).containsOnly(Action.EVENT, Action.LOG);
                    }));
    this.runner
        .withPropertyValues("wasm.memory.alerts=")
        .run(
            context ->
                assertThat(context.getBean(WasmProperties.class).getMemory().getAlerts())
                    .isEmpty());
  }

  @ParameterizedTest
  @CsvSource({
    "wasm.memory.alerts[0].actions=log, 'wasm.memory.alerts[0].threshold', needs a threshold",
    "wasm.memory.alerts[0].threshold=0, 'wasm.memory.alerts[0]', threshold <= 100",
    "wasm.memory.alerts[0].threshold=101%, 'wasm.memory.alerts[0].threshold', from 0% to 100%",
    "wasm.memory.alerts[0].threshold=much, 'wasm.memory.alerts[0].threshold', write it as 80%",
    "wasm.modules.calc.limits.memory-alerts[0].threshold=0, 'wasm.modules.calc.limits.memory-alerts[0]', threshold <= 100",
    "wasm.modules.calc.pool.prepared=-1, 'wasm.modules.calc.pool.prepared', must not be negative"
  })
  void whatMakesNoSenseStopsTheStart(String setting, String property, String why) {
    this.runner
        .withPropertyValues(setting)
        .run(
            context -> {
              assertThat(context).hasFailed();
              assertThat(context.getStartupFailure())
                  .hasStackTraceContaining(property)
                  .hasStackTraceContaining(why);
            });
  }
}
