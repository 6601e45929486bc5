package io.github.wasmspring.monitor;

/** The slope of Theil (1950) and Sen (1968): the median of the slopes between all pairs. */
final class TheilSen {

  private TheilSen() {}

  /**
   * @param times all different, at least two
   * @param values one for each time
   */
  static double slope(double[] times, double[] values) {
    double[] slopes = new double[times.length * (times.length - 1) / 2];
    int next = 0;
    for (int i = 0; i < times.length; i++) {
      for (int j = i + 1; j < times.length; j++) {
        slopes[next++] = (values[j] - values[i]) / (times[j] - times[i]);
      }
    }
    return Middle.of(slopes);
  }
}
