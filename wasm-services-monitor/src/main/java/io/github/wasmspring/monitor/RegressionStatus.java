package io.github.wasmspring.monitor;

import java.time.Instant;

/**
 * Figures are worse than they were.
 *
 * @param since when that was found
 * @param before the middle figure of the baseline
 * @param now the middle figure of the window
 * @param effect by which part it is worse, e.g. 0.5 for half as much again; less than that of the
 *     settings while it is about to be over
 * @param chance how likely chance alone makes such a difference: the rank-sum test of Mann and
 *     Whitney, one-sided; 1 when it is over
 */
public record RegressionStatus(
    Instant since, double before, double now, double effect, double chance) {}
