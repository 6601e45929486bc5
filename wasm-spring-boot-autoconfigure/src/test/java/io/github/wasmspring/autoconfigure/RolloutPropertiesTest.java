package io.github.wasmspring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.wasmspring.client.WasmModuleManager;
import io.github.wasmspring.event.WasmEvent;
import io.github.wasmspring.module.WasmModuleSettings;
import io.github.wasmspring.module.WasmRolloutSettings;
import io.github.wasmspring.module.WasmRolloutSettings.Canary;
import io.github.wasmspring.module.WasmRolloutSettings.Probe;
import io.github.wasmspring.rollout.WasmRollout;
import io.github.wasmspring.rollout.WasmRolloutState;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.event.EventListener;
import org.springframework.core.io.ClassPathResource;

/** How modules get other code, as properties say it. */
class RolloutPropertiesTest {

  private final ApplicationContextRunner runner =
      new ApplicationContextRunner()
          .withConfiguration(AutoConfigurations.of(WasmAutoConfiguration.class))
          .withPropertyValues("wasm.modules.mathlib.location=classpath:wasm/mathlib.wasm");

  /**
   * What {@code mathlib.wat} can do, which rounds down, and {@code mathlib-2.wat}, which rounds up.
   */
  interface Percentages {
    int percent(int amount, int percent);
  }

  static class Listening {

    final List<WasmEvent> events = new CopyOnWriteArrayList<>();

    @EventListener
    void onEvent(WasmEvent event) {
      this.events.add(event);
    }
  }

  private static WasmModuleSettings settings(AssertableApplicationContext context) {
    return context.getBean(WasmModuleManager.class).registry().get("mathlib", "*").settings();
  }

  @Test
  void thereIsNoTrialUnlessSomebodySaysSo() {
    this.runner.run(
        context -> {
          assertThat(settings(context).rollout()).isEqualTo(WasmRolloutSettings.DEFAULTS);
          assertThat(settings(context).rollout().canary()).isNull();
          assertThat(settings(context).watch()).isFalse();
        });
  }

  @ParameterizedTest
  @ValueSource(strings = {"wasm.defaults", "wasm.modules.mathlib"})
  void ofAllModulesAndOfOne(String prefix) {
    this.runner
        .withPropertyValues(
            prefix + ".watch=true",
            prefix + ".rollout.probe.operation=percent",
            prefix + ".rollout.probe.input=7",
            prefix + ".rollout.probe.expected=0",
            prefix + ".rollout.canary.share=5%",
            prefix + ".rollout.canary.header=X-Canary",
            prefix + ".rollout.canary.principals=alice,bob",
            prefix + ".rollout.duration=10m",
            prefix + ".rollout.min-calls=1000",
            prefix + ".rollout.error-factor=1.5",
            prefix + ".rollout.latency-factor=0",
            prefix + ".rollout.drain=5s")
        .run(
            context -> {
              assertThat(settings(context).watch()).isTrue();
              assertThat(settings(context).rollout())
                  .isEqualTo(
                      new WasmRolloutSettings(
                          new Probe("percent", "7", "0"),
                          new Canary(5, "X-Canary", Set.of("alice", "bob")),
                          Duration.ofMinutes(10),
                          1000,
                          1.5,
                          0,
                          Duration.ofSeconds(5)));
            });
  }

  @ParameterizedTest
  @CsvSource({
    "canary.share, 101%, from 0% to 100%",
    "canary.header, a b, name of an HTTP header",
    "canary.principals, ' ,alice', must have names",
    "probe.input, 7, which operation",
    "duration, -1s, must not be negative",
    "drain, 200000d, at most 36500 days",
    "min-calls, 0, one call at least",
    "error-factor, 0.5, from 1 to",
    "latency-factor, -1, from 1 to"
  })
  void whatCanNeverBeStopsTheStart(String property, String value, String message) {
    this.runner
        .withPropertyValues("wasm.modules.mathlib.rollout." + property + "=" + value)
        .run(
            context ->
                assertThat(context)
                    .getFailure()
                    .hasStackTraceContaining(property)
                    .hasStackTraceContaining(message));
  }

  @Test
  void aFileThatChangesIsTriedAndItsEventsAreThoseOfTheApplication(@TempDir Path directory)
      throws Exception {
    Path file = directory.resolve("mathlib.wasm");
    Files.write(file, bytes("mathlib"));
    this.runner
        .withUserConfiguration(Listening.class)
        .withPropertyValues(
            "wasm.modules.mathlib.location=" + file.toUri(),
            "wasm.modules.mathlib.watch=true",
            "wasm.defaults.rollout.canary.share=50",
            "wasm.defaults.rollout.min-calls=10",
            "wasm.defaults.rollout.duration=100ms")
        .run(
            context -> {
              WasmModuleManager manager = context.getBean(WasmModuleManager.class);
              Percentages mathlib = manager.bind(Percentages.class, "mathlib", "*");
              assertThat(mathlib.percent(101, 10)).isEqualTo(10);

              Files.write(file, bytes("mathlib-2"));
              await().until(() -> manager.rollout("mathlib", "*").isPresent());
              WasmRollout rollout = manager.rollout("mathlib", "*").orElseThrow();
              while (rollout.state() == WasmRolloutState.CANARY) {
                assertThat(mathlib.percent(101, 10)).isBetween(10, 11);
              }

              assertThat(rollout.state()).isEqualTo(WasmRolloutState.PROMOTED);
              assertThat(mathlib.percent(101, 10)).isEqualTo(11);
              await()
                  .untilAsserted(
                      () ->
                          assertThat(context.getBean(Listening.class).events)
                              .hasAtLeastOneElementOfType(WasmEvent.RolloutStarted.class)
                              .hasAtLeastOneElementOfType(WasmEvent.RolloutPromoted.class));
            });
  }

  private static byte[] bytes(String guest) throws Exception {
    return new ClassPathResource("wasm/" + guest + ".wasm").getContentAsByteArray();
  }
}
