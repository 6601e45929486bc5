package io.github.wasmspring.benchmarks.regression;

import io.github.wasmspring.benchmarks.compare.Figures;
import java.util.Arrays;

/**
 * What two samples of the same measurement say.
 *
 * @param ratio the median after, divided by the median before
 * @param chance how likely chance alone makes such a difference
 * @param bound what the ratio must exceed to count
 */
public record Slowdown(double ratio, double chance, double bound) {

  /** Less is no reason to look for its cause. */
  static final double THRESHOLD = 0.07;

  private static final double SIGNIFICANT = 0.01;

  /** How many standard errors of the ratio are noise. */
  private static final double ERRORS = 3;

  /** The standard deviation of a normal distribution, divided by its median absolute deviation. */
  private static final double FROM_DEVIATION = 1.4826;

  /** The standard error of a median, divided by that of a mean. */
  private static final double MEDIAN_ERROR = 1.2533;

  /**
   * @param before a figure for each process, at least five
   * @param after likewise
   * @param drift by how much measurements differ here that can't, e.g. 0.02
   */
  public static Slowdown of(double[] before, double[] after, double drift) {
    double noise = ERRORS * Math.hypot(relativeError(before), relativeError(after));
    return new Slowdown(
        Figures.median(after) / Figures.median(before),
        RankSum.chanceThatSecondIsGreater(before, after),
        1 + Math.max(THRESHOLD, Math.max(noise, drift)));
  }

  /** Whether it is slower beyond noise. */
  public boolean isSlower() {
    return this.ratio > this.bound && this.chance <= SIGNIFICANT;
  }

  /** By how much two samples differ, whichever is greater. */
  static double drift(double[] before, double[] after) {
    return Math.abs(Figures.median(after) / Figures.median(before) - 1);
  }

  private static double relativeError(double[] sample) {
    double median = Figures.median(sample);
    double deviation =
        Figures.median(Arrays.stream(sample).map(value -> Math.abs(value - median)).toArray());
    return MEDIAN_ERROR * FROM_DEVIATION * deviation / median / Math.sqrt(sample.length);
  }
}
