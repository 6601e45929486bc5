package io.github.wasmspring.monitor;

/**
 * Where the middle figures of the parts of the window lead to.
 *
 * @param perMinute by how much they change in a minute: the slope of Theil and Sen, the median of
 *     the slopes between all pairs
 * @param chance how likely chance alone makes them go up or down as clearly: the test of Mann and
 *     Kendall, two-sided
 */
public record FigureTrend(Direction direction, double perMinute, double chance) {

  /** Less likely than this is a trend. */
  static final double SIGNIFICANT = 0.01;

  /** Whether they go anywhere. */
  public enum Direction {
    RISING,
    FALLING,
    /** Chance may well be all that there is to it. */
    STEADY
  }
}
