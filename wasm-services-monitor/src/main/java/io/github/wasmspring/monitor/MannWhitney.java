package io.github.wasmspring.monitor;

import java.util.Arrays;

/**
 * The rank-sum test of Mann and Whitney (1947) by its normal approximation, corrected for ties and
 * for continuity. It asks nothing of the distribution but that values can be compared.
 */
final class MannWhitney {

  private MannWhitney() {}

  /**
   * How likely it is that chance alone makes the second sample look at least this much greater.
   *
   * @param first at least one value
   * @param second at least one value
   */
  static double chanceThatSecondIsGreater(double[] first, double[] second) {
    double[] all = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, all, first.length, second.length);
    Arrays.sort(all);
    double pairs = (double) first.length * second.length;
    double ranks = 0;
    for (double value : second) {
      ranks += rank(all, value);
    }
    double wins = ranks - second.length * (second.length + 1) / 2.0;
    double n = all.length;
    double variance = pairs / 12 * (n + 1 - ties(all) / (n * (n - 1)));
    if (!(variance > 0)) {
      return 1;
    }
    return NormalTail.above((wins - pairs / 2 - 0.5) / Math.sqrt(variance));
  }

  /** The mean rank of all that are equal, from 1. */
  private static double rank(double[] sorted, double value) {
    int low = Arrays.binarySearch(sorted, value);
    int high = low;
    while (low > 0 && sorted[low - 1] == value) {
      low--;
    }
    while (high < sorted.length - 1 && sorted[high + 1] == value) {
      high++;
    }
    return (low + high) / 2.0 + 1;
  }

  /** The sum of {@code t³ - t} over all groups of {@code t} equal values. */
  private static double ties(double[] sorted) {
    double sum = 0;
    int start = 0;
    for (int i = 1; i <= sorted.length; i++) {
      if (i == sorted.length || sorted[i] != sorted[start]) {
        double t = i - start;
        sum += t * t * t - t;
        start = i;
      }
    }
    return sum;
  }
}
