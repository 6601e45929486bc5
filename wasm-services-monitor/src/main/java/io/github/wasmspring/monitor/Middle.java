package io.github.wasmspring.monitor;

import java.util.Arrays;

/** The median. */
final class Middle {

  private Middle() {}

  /**
   * @param values at least one, in any order
   */
  static double of(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int half = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
  }
}
