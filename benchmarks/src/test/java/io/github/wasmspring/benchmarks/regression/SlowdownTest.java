package io.github.wasmspring.benchmarks.regression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class SlowdownTest {

  private static final double NO_DRIFT = 0;

  /** Processes that differ by about as much as real ones on a quiet machine. */
  private static double[] sample(Random random, int size, double median, double noise) {
    return random.doubles(size, 1 - noise, 1 + noise).map(factor -> factor * median).toArray();
  }

  @Test
  void findsNothingInNoise() {
    Random random = new Random(1);
    int alarms = 0;
    for (int i = 0; i < 1_000; i++) {
      double[] before = sample(random, 5, 100, 0.1);
      double[] after = sample(random, 5, 100, 0.1);
      alarms += Slowdown.of(before, after, NO_DRIFT).isSlower() ? 1 : 0;
    }
    // Each is measured again before it counts, so that this is squared.
    assertThat(alarms).isLessThan(10);
  }

  @Test
  void findsTwentyPercent() {
    Random random = new Random(2);
    int found = 0;
    for (int i = 0; i < 1_000; i++) {
      double[] before = sample(random, 5, 100, 0.03);
      double[] after = sample(random, 5, 120, 0.03);
      found += Slowdown.of(before, after, NO_DRIFT).isSlower() ? 1 : 0;
    }
    assertThat(found).isGreaterThan(990);
  }

  @Test
  void isSilentAboutWhatIsFaster() {
    double[] before = {100, 101, 99, 100, 102};
    double[] after = {80, 81, 79, 80, 82};

    assertThat(Slowdown.of(before, after, NO_DRIFT).isSlower()).isFalse();
    assertThat(Slowdown.of(before, after, NO_DRIFT).ratio()).isCloseTo(0.8, within(1e-9));
  }

  @Test
  void isSilentAboutThreePercentHoweverClear() {
    double[] before = {100, 100.1, 99.9, 100, 100.2};
    double[] after = {103, 103.1, 102.9, 103, 103.2};

    Slowdown slowdown = Slowdown.of(before, after, NO_DRIFT);

    assertThat(slowdown.chance()).isLessThan(0.01);
    assertThat(slowdown.isSlower()).isFalse();
  }

  @Test
  void isSilentAboutWhatTheMachineMayHaveDone() {
    double[] before = {100, 101, 99, 100, 102};
    double[] after = {120, 121, 119, 120, 122};

    assertThat(Slowdown.of(before, after, NO_DRIFT).isSlower()).isTrue();
    assertThat(Slowdown.of(before, after, 0.25).isSlower()).isFalse();
  }

  @Test
  void asksForMoreWhereOneSampleIsWide() {
    double[] before = {100, 150, 60, 80, 130};
    double[] after = {151, 155, 160, 200, 152};

    Slowdown slowdown = Slowdown.of(before, after, NO_DRIFT);

    assertThat(slowdown.chance()).isLessThan(0.01);
    assertThat(slowdown.bound()).isGreaterThan(slowdown.ratio());
    assertThat(slowdown.isSlower()).isFalse();
  }
}
