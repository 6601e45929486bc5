package io.github.wasmspring.internal.adaptive;

import static io.github.wasmspring.internal.adaptive.SimulatedCalls.fixed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.wasmspring.WasmSource;
import io.github.wasmspring.adaptive.WasmAdaptiveRow;
import io.github.wasmspring.event.WasmEvent.ChoiceSwitched.Reason;
import io.github.wasmspring.internal.adaptive.SimulatedCalls.Times;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is chosen, from times that are made up. */
@Timeout(60)
class SizeClassChoiceTest {

  private static final long MILLISECOND = 1_000_000;

  private final SimulatedCalls calls = new SimulatedCalls();

  /** What it takes from the first call of a size class until the quicker side answers. */
  private static final int LEARNING = 4_500;

  @Test
  void theModuleBegins() {
    this.calls.make(199, fixed(1000, 10));

    assertThat(this.calls.chosen()).isEqualTo(WasmSource.WASM);
    assertThat(this.calls.explored).isEmpty();
  }

  @Test
  void javaIsChosenWhereItIsQuicker() {
    this.calls.make(LEARNING, fixed(1000, 500));

    assertThat(this.calls.chosen()).isEqualTo(WasmSource.JAVA);
    assertThat(this.calls.switches).containsExactly(Reason.QUICKER);
  }

  @Test
  void theModuleStaysWhereItIsQuicker() {
    this.calls.make(100_000, fixed(500, 1000));

    assertThat(this.calls.chosen()).isEqualTo(WasmSource.WASM);
    assertThat(this.calls.switches).isEmpty();
  }

  @Test
  void aLittleQuickerIsNotEnough() {
    this.calls.make(100_000, fixed(1000, 850));

    assertThat(this.calls.switches).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void noiseOfFifteenPercentChangesNothing(long seed) {
    Random random = new Random(seed);
    Times noisy = (side, call) -> Math.round(1000 * (0.85 + 0.3 * random.nextDouble()));

    this.calls.make(500_000, noisy);

    assertThat(this.calls.switches).isEmpty();
  }

  /** One call in ten takes ten times as long, on both sides: that is how inputs may be. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void widelyScatteredTimesOfEqualSidesHardlyEverChangeAnything(long seed) {
    Random random = new Random(seed);
    Times scattered = (side, call) -> random.nextInt(10) == 0 ? 10_000 : 1000;

    this.calls.make(500_000, scattered);

    assertThat(this.calls.switches).hasSizeLessThanOrEqualTo(1);
  }

  @Test
  void aPauseOfTheJvmNowAndThenChangesNothing() {
    Random random = new Random(1);
    Times paused = (side, call) -> random.nextInt(1000) == 0 ? 20 * MILLISECOND : 1000;

    this.calls.make(500_000, paused);

    assertThat(this.calls.switches).isEmpty();
  }

  @Test
  void loadOfTheMachineThatComesAndGoesChangesNothing() {
    Times loaded = (side, call) -> call / 1500 % 2 == 0 ? 1000 : 4000;

    this.calls.make(300_000, loaded);

    assertThat(this.calls.switches).isEmpty();
  }

  /** Inputs in turns must not always meet the same side. */
  @ParameterizedTest
  @ValueSource(ints = {2, 4, 8, 16, 100, 108})
  void inputsThatComeInTurnsAreMeasuredFairly(int period) {
    this.calls.make(300_000, (side, call) -> call % period == 0 ? 3000 : 1000);

    assertThat(this.calls.switches).isEmpty();
  }

  @Test
  void whatChangesIsFollowed() {
    this.calls.make(LEARNING, fixed(1000, 500));

    this.calls.make(8_000, fixed(100, 500));

    assertThat(this.calls.chosen()).isEqualTo(WasmSource.WASM);
    assertThat(this.calls.switches).containsExactly(Reason.QUICKER, Reason.QUICKER);
  }

  @Test
  void codeThatGetsWarmIsFollowed() {
    Times warming =
        (side, call) ->
            side == WasmSource.WASM ? 1000 : this.calls.explored.size() < 60 ? 50_000 : 200;

    this.calls.make(600_000, warming);

    assertThat(this.calls.chosen()).isEqualTo(WasmSource.JAVA);
  }

  @Test
  void theFirstCallsOfACallerThatLoadClassesCountForNothing() {
    Times first =
        (side, call) ->
            side == WasmSource.WASM ? 1000 : this.calls.explored.size() < 4 ? 10_000 : 500;

    this.calls.make(LEARNING, first);

    assertThat(this.calls.chosen()).isEqualTo(WasmSource.JAVA);
  }

  /** Caches are cold when a side is asked once in a while. */
  @Test
  void theFirstOfTwoShortCallsInARowCountsForNothing() {
    long[] lastJava = {0};
    Times cold =
        (side, call) -> {
          if (side == WasmSource.WASM) {
            return 1500;
          }
          boolean first = call - lastJava[0] > 1;
          lastJava[0] = call;
          return first ? 2500 : 200;
        };

    this.calls.make(LEARNING, cold);

    assertThat(this.calls.chosen()).isEqualTo(WasmSource.JAVA);
  }

  @Test
  void longCallsAreNotMadeInARow() {
    this.calls.make(3_000, fixed(30_000, 30_000));

    for (int i = 1; i < this.calls.explored.size(); i++) {
      assertThat(this.calls.explored.get(i) - this.calls.explored.get(i - 1))
          .isGreaterThanOrEqualTo(100);
    }
    assertThat(this.calls.explored).hasSizeGreaterThan(20);
  }

  /** A module that was a thousand times quicker than Java, and is no more, is noticed soon. */
  @Test
  void theChosenSideMayBecomeSlowAlthoughTheOtherIsHardlyEverAsked() {
    this.calls.make(200_000, fixed(1000, MILLISECOND));
    long rarely = this.calls.explored.size();

    this.calls.make(8_000, fixed(10 * MILLISECOND, MILLISECOND));

    assertThat(rarely).isLessThan(60);
    assertThat(this.calls.chosen()).isEqualTo(WasmSource.JAVA);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 10, 1000, 3000, 100_000, 10 * MILLISECOND})
  void atMostOneCallInAHundredIsExplored(long java) {
    this.calls.make(200_000, fixed(1000, java));

    assertThat(this.calls.explored).isNotEmpty();
    for (int i = 0; i < this.calls.explored.size(); i++) {
      assertThat(this.calls.explored.get(i)).isGreaterThanOrEqualTo(100L * (i + 1));
    }
    for (int i = 2; i < this.calls.explored.size(); i++) {
      assertThat(this.calls.explored.get(i) - this.calls.explored.get(i - 2))
          .isGreaterThanOrEqualTo(200);
    }
  }

  @Test
  void aSideOfTheSameSpeedIsExploredNearlyThatOften() {
    this.calls.make(200_000, fixed(1000, 1000));

    assertThat((double) this.calls.explored.size()).isCloseTo(1860, within(60.0));
  }

  @ParameterizedTest
  @ValueSource(longs = {5_000, 20_000, 100_000, MILLISECOND, 30 * MILLISECOND})
  void exploringTakesLittleOfTheTime(long java) {
    long most = 0;
    for (int i = 0; i < 300; i++) {
      this.calls.make(1_000, fixed(1000, java));
      double allowed =
          ExplorationPlan.PURSE
              + Math.max(java, 80_000)
              + ExplorationPlan.SHARE_OF_TIME * 1000 * this.calls.calls
              + 1000.0 * this.calls.explored.size();
      assertThat(this.calls.exploring).isLessThanOrEqualTo(allowed);
      most = Math.max(most, this.calls.explored.size());
    }
    assertThat(most).isPositive();
  }

  @Test
  void aSideThatTakesTenSecondsIsNotTriedTwice() {
    this.calls.make(1_000_000, fixed(1000, 10_000 * MILLISECOND));

    assertThat(this.calls.explored).hasSize(1);
  }

  @Test
  void aModuleThatAlwaysFailsIsLeft() {
    this.calls.make(
        SizeClassChoice.FAILURES_IN_ROW, fixed(1000, 900), (side, call) -> side == WasmSource.WASM);

    assertThat(this.calls.chosen()).isEqualTo(WasmSource.JAVA);
    assertThat(this.calls.switches).containsExactly(Reason.FAILING);
  }

  @Test
  void aModuleThatWorksAgainIsChosenAgain() {
    this.calls.make(100, fixed(1000, 2000), (side, call) -> side == WasmSource.WASM);
    this.calls.make(8_000, fixed(1000, 2000));

    assertThat(this.calls.chosen()).isEqualTo(WasmSource.WASM);
    assertThat(this.calls.switches).containsExactly(Reason.FAILING, Reason.QUICKER);
  }

  @Test
  void aModuleThatFailsWhenItIsTriedIsNotChosen() {
    this.calls.make(200_000, fixed(100, 1000), (side, call) -> side == WasmSource.WASM);

    assertThat(this.calls.chosen()).isEqualTo(WasmSource.JAVA);
    assertThat(this.calls.switches).hasSize(1);
  }

  @Test
  void sidesThatBothFailDoNotTakeTurnsAllTheTime() {
    this.calls.make(10_000, fixed(1000, 1000), (side, call) -> true);

    assertThat(this.calls.switches).hasSizeLessThanOrEqualTo(11);
  }

  /** Twice as quick, but one call in twenty takes two hundred times as long and then fails. */
  @Test
  void whatFailuresCostCountsAgainstASide() {
    Random random = new Random(3);
    boolean[] fails = {false};
    Times times =
        (side, call) -> {
          fails[0] = side == WasmSource.WASM && random.nextInt(20) == 0;
          return side == WasmSource.JAVA ? 2000 : fails[0] ? 200_000 : 1000;
        };

    this.calls.make(20_000, times, (side, call) -> fails[0]);

    assertThat(this.calls.chosen()).isEqualTo(WasmSource.JAVA);
    assertThat(this.calls.switches).contains(Reason.QUICKER);
  }

  @Test
  void aFailureNowAndThenThatCostsLittleDoesNot() {
    Random random = new Random(3);

    this.calls.make(
        100_000,
        fixed(1000, 2000),
        (side, call) -> side == WasmSource.WASM && random.nextInt(50) == 0);

    assertThat(this.calls.switches).isEmpty();
  }

  @Test
  void aRowSaysWhatIsKnown() {
    assertThat(this.calls.choice.row())
        .isEqualTo(new WasmAdaptiveRow(0, 0L, WasmSource.WASM, null, null, 0, 0, 0, 0, 0));

    this.calls.make(6_000, fixed(1000, 500));

    WasmAdaptiveRow row = this.calls.choice.row();
    assertThat(row.chosen()).isEqualTo(WasmSource.JAVA);
    assertThat(row.wasmNanos()).isEqualTo(1000);
    assertThat(row.javaNanos()).isEqualTo(500);
    assertThat(row.calls()).isEqualTo(6_000);
    assertThat(row.explored()).isEqualTo(this.calls.explored.size());
    assertThat(row.wasmSamples()).isBetween(450L, 600L);
    assertThat(row.javaSamples()).isBetween(180L, 320L);
    assertThat(row.switches()).isEqualTo(1);
  }

  @Test
  void anExploredCallThatTellsNothingIsNotTheLastOne() {
    this.calls.make(10_000, fixed(1000, 1000));
    long before = this.calls.choice.row().explored();

    for (int i = 0; i < 1000; i++) {
      this.calls.choice.abandoned(this.calls.choice.next());
    }

    assertThat(this.calls.choice.row().explored() - before).isBetween(7L, 10L);
  }

  @Test
  void whileOneCallExploresNoOtherDoes() {
    this.calls.make(10_000, fixed(1000, 1000));
    AdaptiveTurn turn = this.calls.choice.next();
    for (int i = 0; i < 1000 && !turn.isExplored(); i++) {
      this.calls.choice.answered(turn, 1000);
      turn = this.calls.choice.next();
    }
    assertThat(turn.isExplored()).isTrue();
    int before = this.calls.explored.size();

    this.calls.make(100_000, fixed(1000, 1000));
    assertThat(this.calls.explored).hasSize(before);

    this.calls.choice.answered(turn, 1000);
    this.calls.make(400, fixed(1000, 1000));
    assertThat(this.calls.explored).hasSizeGreaterThan(before);
  }
}
