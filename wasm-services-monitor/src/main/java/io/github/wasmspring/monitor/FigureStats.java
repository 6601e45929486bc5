package io.github.wasmspring.monitor;

/**
 * How figures are spread. Everything is 0 where there are none.
 *
 * @param deviation the standard deviation of a sample, 0 of a single figure
 * @param p50 half of the figures are at most as large; as all percentiles, at most one percent too
 *     large, or the resolution of the monitor
 */
public record FigureStats(
    long count,
    double sum,
    double mean,
    double min,
    double max,
    double deviation,
    double p50,
    double p90,
    double p95,
    double p99,
    double p999) {

  /** Of no figures. */
  public static final FigureStats NONE = new FigureStats(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
}
