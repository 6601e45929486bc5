package io.github.wasmspring.monitor;

import org.HdrHistogram.AbstractHistogram;
import org.HdrHistogram.Histogram;

/** Figures of several threads or slices, put together. For one thread at a time. */
final class FigureSum {

  private final Histogram histogram = new Histogram(1, FigureScale.MOST, FigureScale.DIGITS);
  private final Moments moments = new Moments();

  void add(Moments others, AbstractHistogram counted) {
    this.moments.add(others);
    this.histogram.add(counted);
  }

  void add(Moments others, long[] values, int[] counts) {
    this.moments.add(others);
    for (int i = 0; i < values.length; i++) {
      this.histogram.recordValueWithCount(values[i], counts[i]);
    }
  }

  void add(FigureSum others) {
    add(others.moments, others.histogram);
  }

  long count() {
    return this.moments.count();
  }

  double sum() {
    return this.moments.sum();
  }

  /** A copy. */
  Moments moments() {
    Moments copy = new Moments();
    copy.add(this.moments);
    return copy;
  }

  AbstractHistogram histogram() {
    return this.histogram;
  }

  FigureStats stats(FigureScale scale) {
    if (this.moments.count() == 0) {
      return FigureStats.NONE;
    }
    return new FigureStats(
        this.moments.count(),
        this.moments.sum(),
        this.moments.mean(),
        this.moments.min(),
        this.moments.max(),
        this.moments.deviation(),
        percentile(50, scale),
        percentile(90, scale),
        percentile(95, scale),
        percentile(99, scale),
        percentile(99.9, scale));
  }

  /** At least so many percent of the figures are no larger; never beyond the extremes. */
  double percentile(double percent, FigureScale scale) {
    double figure = scale.figure(this.histogram.getValueAtPercentile(percent));
    return Math.max(this.moments.min(), Math.min(this.moments.max(), figure));
  }
}
