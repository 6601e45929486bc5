package io.github.wasmspring.monitor;

/**
 * Count, sum, extremes and variance of figures, without keeping them: the recurrence of B. P.
 * Welford (1962), and the rule of Chan, Golub and LeVeque (1979) for putting two of these together.
 * For one thread at a time.
 */
final class Moments {

  private long count;
  private double sum;
  private double mean;
  private double squares;
  private double min = Double.POSITIVE_INFINITY;
  private double max = Double.NEGATIVE_INFINITY;

  void add(double value) {
    this.count++;
    this.sum += value;
    double distance = value - this.mean;
    this.mean += distance / this.count;
    this.squares += distance * (value - this.mean);
    this.min = Math.min(this.min, value);
    this.max = Math.max(this.max, value);
  }

  void add(Moments others) {
    if (others.count == 0) {
      return;
    }
    long together = this.count + others.count;
    double distance = others.mean - this.mean;
    this.squares +=
        others.squares + distance * distance * ((double) this.count * others.count / together);
    this.mean += distance * others.count / together;
    this.sum += others.sum;
    this.count = together;
    this.min = Math.min(this.min, others.min);
    this.max = Math.max(this.max, others.max);
  }

  void clear() {
    this.count = 0;
    this.sum = 0;
    this.mean = 0;
    this.squares = 0;
    this.min = Double.POSITIVE_INFINITY;
    this.max = Double.NEGATIVE_INFINITY;
  }

  long count() {
    return this.count;
  }

  double sum() {
    return this.sum;
  }

  double mean() {
    return this.mean;
  }

  double min() {
    return this.min;
  }

  double max() {
    return this.max;
  }

  /** The standard deviation of a sample; 0 of less than two figures. */
  double deviation() {
    return this.count < 2 ? 0 : Math.sqrt(this.squares / (this.count - 1));
  }
}
