package io.github.wasmspring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wasmspring.autoconfigure.channel.WasmChannelAutoConfiguration;
import io.github.wasmspring.internal.sandbox.MemoryBudget;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** A limit beyond what is possible is refused or warned of. */
class ImpossibleLimitTest {

  private final ApplicationContextRunner runner =
      new ApplicationContextRunner()
          .withConfiguration(
              AutoConfigurations.of(
                  WasmAutoConfiguration.class, WasmChannelAutoConfiguration.class))
          .withPropertyValues("wasm.modules.calc.location=classpath:wasm/calc.wasm");

  @ParameterizedTest
  @CsvSource({
    "wasm.modules.calc.limits.memory, 5GB, at most 2 GB",
    "wasm.defaults.limits.memory, 5GB, at most 2 GB",
    "wasm.modules.calc.limits.payload, 3GB, at most 2 GB",
    "wasm.modules.calc.limits.output, 3GB, at most 2 GB",
    "wasm.modules.calc.limits.timeout, 200000d, at most 36500 days",
    "wasm.modules.calc.limits.compile-timeout, 200000d, at most 36500 days",
    "wasm.modules.calc.pool.idle-time, 200000d, at most 36500 days",
    "wasm.modules.calc.pool.borrow-timeout, 200000d, at most 36500 days",
    "wasm.modules.calc.retry.delay, 200000d, at most 36500 days",
    "wasm.loader.max-module-size, 2GB, below 2 GB",
    "wasm.loader.max-module-size, 0B, must be positive",
    "wasm.loader.http-timeout, 200000d, at most 36500 days",
    "wasm.loader.http-timeout, 0s, must be positive",
    "wasm.channels.max-payload, 3GB, larger than 2 GB"
  })
  void whatCanNeverBeStopsTheStart(String property, String value, String why) {
    this.runner
        .withPropertyValues(property + "=" + value)
        .run(
            context ->
                assertThat(context.getStartupFailure())
                    .hasStackTraceContaining("Property " + property + " with value")
                    .hasStackTraceContaining(why));
  }

  @ParameterizedTest
  @CsvSource({
    "wasm.modules.calc.limits.memory, 2MB, wasm.memory.budget is 1048576",
    "wasm.defaults.limits.memory, 2MB, wasm.memory.budget is 1048576",
    "wasm.modules.calc.threads.max, 7, wasm.threads.max is 5",
    "wasm.defaults.threads.max, 7, wasm.threads.max is 5",
    "wasm.modules.calc.pool.prepared, 7, wasm.modules.calc.pool.max is 3",
    "wasm.modules.calc.pool.recycle-above, 1GB, wasm.modules.calc.limits.memory is 524288"
  })
  void whatAnotherLimitCutsIsWarnedOf(String property, String value, String limit) {
    try (LogCapture log = new LogCapture(BeyondReach.class.getName())) {
      this.runner
          .withPropertyValues(
              "wasm.memory.budget=1MB",
              "wasm.threads.max=5",
              "wasm.modules.calc.pool.max=3",
              "wasm.modules.calc.limits.memory=512KB",
              property + "=" + value)
          .run(context -> assertThat(context).hasNotFailed());
      assertThat(log.messages())
          .singleElement()
          .asString()
          .startsWith(property + " is ")
          .contains(limit);
    }
  }

  @Test
  void theBudgetThatHoldsIsTheOneOfTheBean() {
    try (LogCapture log = new LogCapture(BeyondReach.class.getName())) {
      this.runner
          .withBean(MemoryBudget.class, () -> new MemoryBudget(1000))
          .withPropertyValues("wasm.modules.calc.limits.memory=1MB")
          .run(context -> assertThat(context).hasNotFailed());
      assertThat(log.messages()).singleElement().asString().contains("wasm.memory.budget is 1000");
    }
  }

  @Test
  void defaultsAreCutWithoutAWord() {
    try (LogCapture log = new LogCapture("io.github.wasmspring.autoconfigure")) {
      this.runner
          .withPropertyValues("wasm.memory.budget=1MB", "wasm.threads.max=1")
          .run(context -> assertThat(context).hasNotFailed());
      assertThat(log.messages()).isEmpty();
    }
  }
}
