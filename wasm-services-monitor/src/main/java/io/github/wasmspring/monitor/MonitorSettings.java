package io.github.wasmspring.monitor;

import java.time.Duration;
import java.util.function.Consumer;

/**
 * What is kept of figures, and what counts as a regression.
 *
 * @param window what is looked at as "now"; it moves on by a tenth at a time
 * @param baseline how much of what came before the window it is compared with
 * @param maxSeries how many series are kept; figures of further ones go to {@link
 *     PerformanceMonitor#OTHERS}
 * @param minEffect by which part the middle figure has to be worse to be a regression, e.g. 0.2
 * @param significance how unlikely chance has to be as its cause, e.g. 0.0001
 * @param resolution the smallest figure that percentiles tell from 0; the largest figure that is
 *     taken is {@value #RANGE} times as large
 */
public record MonitorSettings(
    Duration window,
    Duration baseline,
    int maxSeries,
    double minEffect,
    double significance,
    double resolution) {

  /** So many parts a window has. */
  static final int SLICES = 10;

  /** How many times as large as the smallest the largest figure may be. */
  static final long RANGE = 1L << 53;

  private static final Duration SHORTEST = Duration.ofSeconds(SLICES);
  private static final Duration LONGEST = Duration.ofDays(1);
  private static final int LONGEST_BASELINE = 100;
  private static final int MOST_SERIES = 10_000;
  private static final double LARGEST_EFFECT = 100;
  private static final double LEAST_SIGNIFICANCE = 1e-6;
  private static final double MOST_SIGNIFICANCE = 0.05;
  private static final double FINEST = 1e-9;
  private static final double COARSEST = 1e9;

  /** Five minutes beside the half hour before. */
  public static final MonitorSettings DEFAULTS = new Builder().build();

  public MonitorSettings {
    if (window.compareTo(SHORTEST) < 0 || window.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          "The window must be between 10 s and a day long, not " + window);
    }
    if (baseline.compareTo(window) < 0
        || baseline.compareTo(window.multipliedBy(LONGEST_BASELINE)) > 0) {
      throw new IllegalArgumentException(
          "The baseline must be 1 to %d times as long as the window of %s, not %s"
              .formatted(LONGEST_BASELINE, window, baseline));
    }
    if (maxSeries < 1 || maxSeries > MOST_SERIES) {
      throw new IllegalArgumentException(
          "There must be between 1 and %d series, not %d".formatted(MOST_SERIES, maxSeries));
    }
    check("The least effect", minEffect, 0.01, LARGEST_EFFECT);
    check("The significance", significance, LEAST_SIGNIFICANCE, MOST_SIGNIFICANCE);
    check("The resolution", resolution, FINEST, COARSEST);
  }

  private static void check(String what, double value, double least, double most) {
    if (!(value >= least && value <= most)) {
      throw new IllegalArgumentException(
          "%s must be between %s and %s, not %s".formatted(what, least, most, value));
    }
  }

  long sliceMillis() {
    return this.window.toMillis() / SLICES;
  }

  int baselineSlices() {
    return (int) (this.baseline.toMillis() / sliceMillis());
  }

  /**
   * These settings, but for what is changed.
   *
   * @throws IllegalArgumentException if a value can never be; the message says which
   */
  public MonitorSettings with(Consumer<Builder> change) {
    Builder builder = new Builder(this);
    change.accept(builder);
    return builder.build();
  }

  public static Builder builder() {
    return new Builder();
  }

  /** Collects settings. What can never be is refused when they are built. */
  public static final class Builder {

    private Duration window = Duration.ofMinutes(5);
    private Duration baseline = Duration.ofMinutes(30);
    private int maxSeries = 200;
    private double minEffect = 0.2;
    private double significance = 0.0001;
    private double resolution = 0.001;

    private Builder() {}

    private Builder(MonitorSettings from) {
      this.window = from.window;
      this.baseline = from.baseline;
      this.maxSeries = from.maxSeries;
      this.minEffect = from.minEffect;
      this.significance = from.significance;
      this.resolution = from.resolution;
    }

    public Builder window(Duration window) {
      this.window = window;
      return this;
    }

    public Builder baseline(Duration baseline) {
      this.baseline = baseline;
      return this;
    }

    public Builder maxSeries(int series) {
      this.maxSeries = series;
      return this;
    }

    public Builder minEffect(double part) {
      this.minEffect = part;
      return this;
    }

    public Builder significance(double chance) {
      this.significance = chance;
      return this;
    }

    public Builder resolution(double smallest) {
      this.resolution = smallest;
      return this;
    }

    /**
     * @throws IllegalArgumentException if a value can never be; the message says which
     */
    public MonitorSettings build() {
      return new MonitorSettings(
          this.window,
          this.baseline,
          this.maxSeries,
          this.minEffect,
          this.significance,
          this.resolution);
    }
  }
}
