package io.github.wasmspring.internal.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wasmspring.module.WasmRolloutSettings;
import io.github.wasmspring.rollout.WasmRolloutState;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RolloutJudgeTest {

  private static final Duration EARLY = Duration.ofSeconds(10);
  private static final Duration LATE = Duration.ofSeconds(40);
  private static final Duration OVER = Duration.ofSeconds(61);

  private final SideFigures current = new SideFigures();
  private final SideFigures candidate = new SideFigures();
  private final RolloutJudge judge = new RolloutJudge(WasmRolloutSettings.DEFAULTS);

  private static void calls(SideFigures side, int answered, int failed, long millis, boolean late) {
    for (int i = 0; i < answered; i++) {
      side.answered(millis * 1_000_000, late);
    }
    for (int i = 0; i < failed; i++) {
      side.failed();
    }
  }

  private WasmRolloutState judged(Duration elapsed) {
    return this.judge.judge(this.current, this.candidate, elapsed).state();
  }

  @ParameterizedTest
  @CsvSource({
    "100, 0,   1000, 0,   PROMOTED",
    "99,  1,   1000, 0,   PROMOTED",
    "98,  2,   1000, 0,   ROLLED_BACK",
    "1,   2,   1000, 0,   ROLLED_BACK",
    "1,   1,   1000, 0,   CANARY",
    "80,  20,  900,  100, PROMOTED",
    "75,  25,  900,  100, ROLLED_BACK",
    "900, 100, 0,    0,   ROLLED_BACK",
    "100, 0,   0,    0,   PROMOTED",
    "50,  0,   1000, 0,   CANARY"
  })
  void failuresAreComparedWithThoseOfTheOldCode(
      int answered, int failed, int oldAnswered, int oldFailed, WasmRolloutState state) {
    calls(this.candidate, answered, failed, 1, true);
    calls(this.current, oldAnswered, oldFailed, 1, true);

    assertThat(judged(OVER)).isEqualTo(state);
  }

  @Test
  void failuresNeedNotWaitForTheEnd() {
    calls(this.current, 1000, 0, 1, false);
    calls(this.candidate, 10, 2, 1, false);

    assertThat(judged(EARLY)).isEqualTo(WasmRolloutState.ROLLED_BACK);
  }

  @Test
  void nothingIsPromotedBeforeItsTime() {
    calls(this.current, 1000, 0, 1, false);
    calls(this.candidate, 1000, 0, 1, false);

    assertThat(judged(EARLY)).isEqualTo(WasmRolloutState.CANARY);
  }

  @ParameterizedTest
  @CsvSource({
    "10, 30, ROLLED_BACK",
    "10, 15, PROMOTED",
    "10, 9,  PROMOTED",
    // Nobody waits for less than a millisecond.
    "0,  1,  PROMOTED"
  })
  void timesOfTheSecondHalfAreCompared(long oldMillis, long millis, WasmRolloutState state) {
    calls(this.current, 50, 0, oldMillis, true);
    calls(this.candidate, 100, 0, millis, true);

    assertThat(judged(OVER)).isEqualTo(state);
  }

  @Test
  void codeMayBeColdAtFirst() {
    calls(this.current, 100, 0, 1, false);
    calls(this.candidate, 100, 0, 500, false);
    assertThat(judged(LATE)).isEqualTo(WasmRolloutState.CANARY);

    calls(this.current, 100, 0, 1, true);
    assertThat(judged(OVER)).as("it has had no call since").isEqualTo(WasmRolloutState.CANARY);

    calls(this.candidate, 50, 0, 1, true);
    assertThat(judged(OVER)).isEqualTo(WasmRolloutState.PROMOTED);
  }

  @Test
  void timesAreNotComparedWhereNobodyWantsThat() {
    RolloutJudge patient =
        new RolloutJudge(WasmRolloutSettings.DEFAULTS.with(it -> it.latencyFactor(0)));
    calls(this.current, 100, 0, 1, true);
    calls(this.candidate, 100, 0, 500, true);

    assertThat(patient.judge(this.current, this.candidate, OVER).state())
        .isEqualTo(WasmRolloutState.PROMOTED);
  }

  @Test
  void aVerdictTellsItsFigures() {
    calls(this.current, 990, 10, 1, true);
    calls(this.candidate, 90, 10, 1, true);

    assertThat(this.judge.judge(this.current, this.candidate, LATE).reason())
        .isEqualTo(
            "10 of 100 calls (10.0 %) failed; with the code before, 10 of 1000 calls (1.0 %) did");
  }

  @Test
  void mediansAreAboutRight() {
    for (long nanos : new long[] {4, 7, 900, 123_456, 5_000_000_000L, Long.MAX_VALUE}) {
      DurationHistogram histogram = new DurationHistogram();
      histogram.add(nanos);
      assertThat((double) histogram.median().toNanos()).isBetween(0.75 * nanos, 1.25 * nanos);
    }
    DurationHistogram three = new DurationHistogram();
    assertThat(three.median()).isZero();
    three.add(10);
    three.add(1_000_000);
    three.add(2_000_000);
    assertThat((double) three.median().toNanos()).isBetween(900_000.0, 1_200_000.0);
  }
}
