package io.github.wasmspring.bundle.compute;

/** Count, minimum, maximum, mean and variance (that of the population), in two passes. */
final class JavaStatistics {

  private JavaStatistics() {}

  static double[] of(double[] values) {
    double min = Double.POSITIVE_INFINITY;
    double max = Double.NEGATIVE_INFINITY;
    double sum = 0;
    for (double value : values) {
      // Once there is a NaN, it stays.
      if (value < min || Double.isNaN(value)) {
        min = value;
      }
      if (value > max || Double.isNaN(value)) {
        max = value;
      }
      sum += value;
    }
    double mean = sum / values.length;
    double squares = 0;
    for (double value : values) {
      squares += (value - mean) * (value - mean);
    }
    return new double[] {values.length, min, max, mean, squares / values.length};
  }
}
