package io.github.wasmspring.monitor;

import java.util.Arrays;
import org.HdrHistogram.AbstractHistogram;
import org.HdrHistogram.HistogramIterationValue;

/** The figures of one tenth of a window, when it is over: only what of the histogram is not 0. */
final class Slice {

  private final long index;
  private final Moments moments;
  private final long[] values;
  private final int[] counts;
  private final double median;

  Slice(long index, FigureSum figures, FigureScale scale) {
    this.index = index;
    this.moments = figures.moments();
    this.median = figures.stats(scale).p50();
    long[] seen = new long[16];
    int[] often = new int[16];
    int size = 0;
    AbstractHistogram histogram = figures.histogram();
    for (HistogramIterationValue each : histogram.recordedValues()) {
      if (size == seen.length) {
        seen = Arrays.copyOf(seen, 2 * size);
        often = Arrays.copyOf(often, 2 * size);
      }
      seen[size] = each.getValueIteratedTo();
      often[size++] = (int) Math.min(Integer.MAX_VALUE, each.getCountAddedInThisIterationStep());
    }
    this.values = Arrays.copyOf(seen, size);
    this.counts = Arrays.copyOf(often, size);
  }

  /** Its number: that of the time, divided by its length. */
  long index() {
    return this.index;
  }

  long count() {
    return this.moments.count();
  }

  /** The middle figure. */
  double median() {
    return this.median;
  }

  void addTo(FigureSum sum) {
    sum.add(this.moments, this.values, this.counts);
  }
}
