package io.github.wasmspring.benchmarks.regression;

import java.util.Arrays;

/** The rank-sum test of Mann, Whitney and Wilcoxon, exact, ties included. */
final class RankSum {

  private RankSum() {}

  /**
   * How likely it is that chance alone makes the second sample look at least this much greater.
   *
   * @param first at least one value
   * @param second at least one value; both together at most a few dozen
   */
  static double chanceThatSecondIsGreater(double[] first, double[] second) {
    double[] all = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, all, first.length, second.length);
    int[] doubledRanks = doubledRanks(all);
    int observed = Arrays.stream(doubledRanks, first.length, all.length).sum();
    double[] ways = waysToSum(doubledRanks, second.length);
    double total = Arrays.stream(ways).sum();
    double extreme = Arrays.stream(ways, observed, ways.length).sum();
    return extreme / total;
  }

  /** Twice the rank of each value, so that the mean rank of equal ones is whole. */
  private static int[] doubledRanks(double[] values) {
    int[] ranks = new int[values.length];
    for (int i = 0; i < values.length; i++) {
      int less = 0;
      int equal = 0;
      for (double value : values) {
        less += value < values[i] ? 1 : 0;
        equal += value == values[i] ? 1 : 0;
      }
      ranks[i] = 2 * less + equal + 1;
    }
    return ranks;
  }

  /** For each sum, how many choices of that many ranks have it. */
  private static double[] waysToSum(int[] ranks, int chosen) {
    int most = Arrays.stream(ranks).sum();
    double[][] ways = new double[chosen + 1][most + 1];
    ways[0][0] = 1;
    for (int rank : ranks) {
      for (int count = chosen; count > 0; count--) {
        for (int sum = most; sum >= rank; sum--) {
          ways[count][sum] += ways[count - 1][sum - rank];
        }
      }
    }
    return ways[chosen];
  }
}
