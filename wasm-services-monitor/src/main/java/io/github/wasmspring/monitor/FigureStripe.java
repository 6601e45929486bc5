package io.github.wasmspring.monitor;

import org.HdrHistogram.IntCountsHistogram;

/**
 * What some of the threads have recorded since it was drained last. Everything is guarded by its
 * own monitor, which is held for a few nanoseconds by who records, and once in a slice for the time
 * of a walk through the histogram.
 */
final class FigureStripe {

  private final IntCountsHistogram histogram =
      new IntCountsHistogram(1, FigureScale.MOST, FigureScale.DIGITS);
  private final Moments moments = new Moments();

  synchronized void add(double value, long whole) {
    this.histogram.recordValue(whole);
    this.moments.add(value);
  }

  synchronized void drainInto(FigureSum figures) {
    copyInto(figures);
    this.histogram.reset();
    this.moments.clear();
  }

  synchronized void copyInto(FigureSum figures) {
    if (this.moments.count() > 0) {
      figures.add(this.moments, this.histogram);
    }
  }

  /** Count and sum of what is not drained yet are added. */
  synchronized void addTo(Tally tally) {
    tally.add(this.moments.count(), this.moments.sum());
  }

  /** How many figures there were, and their sum. */
  static final class Tally {

    private long count;
    private double sum;

    void add(long count, double sum) {
      this.count += count;
      this.sum += sum;
    }

    long count() {
      return this.count;
    }

    double sum() {
      return this.sum;
    }
  }
}
