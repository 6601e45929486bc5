package io.github.wasmspring.monitor;

/**
 * How many figures there are in a second, as moving averages in which what is longer ago counts
 * less, as in the load of a Unix system.
 *
 * @param oneMinute in which figures of a minute ago count by 1/e
 * @param fiveMinutes likewise, of five minutes ago
 * @param fifteenMinutes likewise, of fifteen minutes ago
 */
public record FigureRates(double oneMinute, double fiveMinutes, double fifteenMinutes) {}
