package io.github.wasmspring.monitor;

/** The standard normal distribution. */
final class NormalTail {

  private static final double DENSITY_AT_0 = 1 / Math.sqrt(2 * Math.PI);

  /** Beyond, the series loses all its digits; the tail is less than 1e-15. */
  private static final double FAR = 8;

  private NormalTail() {}

  /**
   * How likely a value is greater than {@code z}: by the series that G. Marsaglia gives in
   * "Evaluating the Normal Distribution" (2004), right to about 1e-15.
   */
  static double above(double z) {
    if (z > FAR) {
      return 0;
    }
    if (z < -FAR) {
      return 1;
    }
    double sum = z;
    double before = 0;
    double term = z;
    for (int i = 3; sum != before; i += 2) {
      before = sum;
      term *= z * z / i;
      sum += term;
    }
    return Math.max(0, Math.min(1, 0.5 - sum * DENSITY_AT_0 * Math.exp(-z * z / 2)));
  }
}
