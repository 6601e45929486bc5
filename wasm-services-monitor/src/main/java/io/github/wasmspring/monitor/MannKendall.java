package io.github.wasmspring.monitor;

import java.util.Arrays;

/**
 * The test for a trend of Mann (1945) and Kendall (1975) by its normal approximation, corrected for
 * ties and for continuity.
 */
final class MannKendall {

  private MannKendall() {}

  /** How many pairs go up, less those that go down. */
  static long score(double[] values) {
    long score = 0;
    for (int i = 0; i < values.length; i++) {
      for (int j = i + 1; j < values.length; j++) {
        score += (long) Math.signum(values[j] - values[i]);
      }
    }
    return score;
  }

  /**
   * How likely it is that chance alone makes values go up or down as clearly.
   *
   * @param values in the order of time
   */
  static double chance(double[] values) {
    long score = score(values);
    double variance = variance(values);
    if (score == 0 || !(variance > 0)) {
      return 1;
    }
    return Math.min(1, 2 * NormalTail.above((Math.abs(score) - 1) / Math.sqrt(variance)));
  }

  private static double variance(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    double sum = term(sorted.length);
    int start = 0;
    for (int i = 1; i <= sorted.length; i++) {
      if (i == sorted.length || sorted[i] != sorted[start]) {
        sum -= term(i - start);
        start = i;
      }
    }
    return sum / 18;
  }

  private static double term(double n) {
    return n * (n - 1) * (2 * n + 5);
  }
}
