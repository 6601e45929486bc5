package io.github.wasmspring.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.github.wasmspring.WasmFunctionType;
import io.github.wasmspring.client.WasmSession;
import io.github.wasmspring.module.WasmEngineMode;
import io.github.wasmspring.module.WasmImportDefinition;
import io.github.wasmspring.observe.WasmProfile.FunctionShare;
import io.github.wasmspring.observe.WasmProfile.StackCount;
import io.github.wasmspring.testing.TestEngines;
import io.github.wasmspring.testing.TestRuntime;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WasmProfilerTest {

  private static final int ROUNDS = 5_000_000;
  private static final Duration LONG = Duration.ofMinutes(5);

  private final TestRuntime runtime = new TestRuntime();
  private final WasmProfiler profiler = new WasmProfiler(this.runtime.watchdog);

  @AfterEach
  void close() {
    this.profiler.close();
    this.runtime.close();
  }

  private WasmSession open(WasmEngineMode mode) {
    this.runtime.with(
        TestRuntime.guest("profile")
            .imports(
                new WasmImportDefinition(
                    "env",
                    "wait",
                    new WasmFunctionType(List.of(), List.of()),
                    (caller, arguments) -> {
                      until(() -> this.profile().samples() >= 5);
                      return new long[0];
                    }))
            .settings(
                settings ->
                    settings
                        .engineMode(mode)
                        .limits(limits -> limits.timeout(Duration.ofMinutes(1)))));
    return this.runtime.manager.open("profile");
  }

  private WasmProfile profile() {
    return Objects.requireNonNull(this.profiler.profile());
  }

  private static void until(BooleanSupplier condition) {
    long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (!condition.getAsBoolean() && System.nanoTime() < end) {
      Thread.yield();
    }
  }

  private WasmProfile profileOfWork(WasmEngineMode mode, int rounds) {
    try (WasmSession session = open(mode)) {
      session.call("work", rounds);
      this.profiler.start(WasmProfiler.MAX_RATE, LONG, null);
      until(
          () -> {
            session.call("work", rounds);
            return profile().samples() >= 100;
          });
    }
    return Objects.requireNonNull(this.profiler.stop());
  }

  @Test
  void theFunctionThatTakesTheTimeIsFirst() {
    WasmProfile profile = profileOfWork(WasmEngineMode.COMPILED, ROUNDS);

    FunctionShare first = profile.functions().get(0);
    assertThat(first.module()).isEqualTo("profile");
    assertThat(first.function()).isEqualTo("hot");
    assertThat(first.share()).isGreaterThan(0.8);
    assertThat(profile.functions())
        .filteredOn(function -> function.function().equals("work"))
        .singleElement()
        .satisfies(
            work -> {
              assertThat(work.total()).isGreaterThanOrEqualTo(first.total());
              assertThat(work.self()).isLessThan(first.self());
            });
    assertThat(profile.stacks())
        .extracting(StackCount::frames)
        .contains(List.of("profile", "work", "hot"));
  }

  @Test
  void aFoldedStackIsALineOfFramesAndACount() {
    WasmProfile profile = profileOfWork(WasmEngineMode.COMPILED, ROUNDS);

    List<String> lines = profile.folded().lines().toList();
    assertThat(lines).allMatch(line -> line.matches("[^;\\s]+(;[^;\\s]+)+ [1-9]\\d*"));
    assertThat(lines).anyMatch(line -> line.startsWith("profile;work;hot "));
    assertThat(lines.stream().mapToLong(line -> Long.parseLong(line.split(" ")[1])).sum())
        .isEqualTo(profile.samples());
  }

  @Test
  void interpretedFunctionsAreOne() {
    TestEngines.assumeInterpreter();
    WasmProfile profile = profileOfWork(WasmEngineMode.INTERPRETER, ROUNDS / 1000);

    assertThat(profile.stacks())
        .extracting(StackCount::frames)
        .contains(List.of("profile", "[interpreted]"))
        .allMatch(frames -> frames.size() == 2);
  }

  @Test
  void aHostFunctionHasTheNameOfItsImport() {
    try (WasmSession session = open(WasmEngineMode.COMPILED)) {
      this.profiler.start(WasmProfiler.MAX_RATE, LONG, "profile");
      session.call("ask");
    }

    assertThat(this.profiler.stop().stacks())
        .extracting(StackCount::frames)
        .contains(List.of("profile", "ask", "env.wait"));
  }

  @Test
  void callsOfOtherModulesAreLeftOutWhereOneIsNamed() {
    try (WasmSession session = open(WasmEngineMode.COMPILED)) {
      this.profiler.start(WasmProfiler.MAX_RATE, LONG, "another");
      until(
          () -> {
            session.call("work", ROUNDS);
            return profile().looks() >= 20;
          });
    }

    assertThat(this.profiler.stop().samples()).isZero();
  }

  @Test
  void thereIsNothingBeforeTheStart() {
    assertThat(this.profiler.profile()).isNull();
    assertThat(this.profiler.stop()).isNull();
  }

  @Test
  void itStopsByItself() {
    this.profiler.start(100, Duration.ofMillis(50), null);

    until(() -> !profile().running());

    assertThat(profile().running()).isFalse();
    assertThat(profile().duration()).isBetween(Duration.ofMillis(50), Duration.ofSeconds(10));
  }

  @Test
  void itRunsOnceAtATimeAndAgainAfterwards() {
    this.profiler.start(1, LONG, null);

    assertThatIllegalStateException().isThrownBy(() -> this.profiler.start(1, LONG, null));
    assertThat(this.profiler.stop().running()).isFalse();
    this.profiler.start(2, LONG, null);
    assertThat(profile().rate()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, WasmProfiler.MAX_RATE + 1})
  void aRateHasLimits(int rate) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> this.profiler.start(rate, LONG, null))
        .withMessageContaining("from 1 to 1000");
  }

  @ParameterizedTest
  @ValueSource(longs = {0, -1, 601})
  void aDurationHasLimits(long seconds) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> this.profiler.start(1, Duration.ofSeconds(seconds), null))
        .withMessageContaining("at most PT10M");
  }
}
