package io.github.wasmspring.monitor;

/**
 * Tukey's outer fences. A figure cannot move them far, however large it is, as it would move a mean
 * and a deviation.
 *
 * @param below figures below are outliers
 * @param above figures above are outliers
 */
record Fences(double below, double above) {

  /** While there are too few figures to tell. */
  static final Fences NONE = new Fences(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);

  private static final int ENOUGH = 20;
  private static final double OUTER = 3;
  private static final double LOWER_QUARTILE = 25;
  private static final double UPPER_QUARTILE = 75;

  static Fences around(FigureSum window, FigureScale scale) {
    if (window.count() < ENOUGH) {
      return NONE;
    }
    double lower = window.percentile(LOWER_QUARTILE, scale);
    double upper = window.percentile(UPPER_QUARTILE, scale);
    // Figures that differ by less than the histogram tells apart are no outliers.
    double range = Math.max(upper - lower, Math.max(upper / 100, scale.resolution()));
    return new Fences(lower - OUTER * range, upper + OUTER * range);
  }

  boolean isKnown() {
    return this.above < Double.POSITIVE_INFINITY;
  }

  boolean leaveOut(double value) {
    return value > this.above || value < this.below;
  }
}
