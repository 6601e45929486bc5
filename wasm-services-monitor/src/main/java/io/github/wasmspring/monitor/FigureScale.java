package io.github.wasmspring.monitor;

/**
 * Figures as the whole numbers that histograms count.
 *
 * @param resolution the figure that is 1
 */
record FigureScale(double resolution) {

  /** Figures are told apart to one percent. */
  static final int DIGITS = 2;

  static final long MOST = MonitorSettings.RANGE;

  boolean takes(double value) {
    return value >= 0 && value <= MOST * this.resolution;
  }

  long whole(double value) {
    return Math.min(MOST, Math.round(value / this.resolution));
  }

  double figure(long whole) {
    return whole * this.resolution;
  }
}
