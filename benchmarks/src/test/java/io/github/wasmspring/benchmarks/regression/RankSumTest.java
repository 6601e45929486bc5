package io.github.wasmspring.benchmarks.regression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class RankSumTest {

  private static double chance(double[] first, double[] second) {
    return RankSum.chanceThatSecondIsGreater(first, second);
  }

  @Test
  void oneChoiceInAllIsTheGreatest() {
    // 10 over 5 ways to choose, one of them the five greatest.
    assertThat(chance(new double[] {1, 2, 3, 4, 5}, new double[] {6, 7, 8, 9, 10}))
        .isCloseTo(1 / 252.0, within(1e-12));
  }

  @Test
  void theLeastIsNeverUnlikely() {
    assertThat(chance(new double[] {6, 7, 8, 9, 10}, new double[] {1, 2, 3, 4, 5})).isEqualTo(1);
  }

  @Test
  void oneExchangedPairHasTwoWays() {
    assertThat(chance(new double[] {1, 2, 3, 4, 6}, new double[] {5, 7, 8, 9, 10}))
        .isCloseTo(2 / 252.0, within(1e-12));
  }

  @Test
  void equalValuesShareTheirRank() {
    assertThat(chance(new double[] {1, 1, 1}, new double[] {1, 1, 1})).isEqualTo(1);
    // Of the 20 choices of three, those with both 3s: 3 and 3 and any of the four others.
    assertThat(chance(new double[] {1, 2, 2}, new double[] {2, 3, 3}))
        .isCloseTo(3 / 20.0, within(1e-12));
  }
}
