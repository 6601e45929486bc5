package io.github.wasmspring.monitor;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A series as it is now.
 *
 * @param since when it began
 * @param all of all figures since then
 * @param window of the figures of the window
 * @param smoothed the mean of the figures, in which those of a minute ago count by 1/e; {@code
 *     null} in the first seconds
 * @param trend {@code null} while there is too little to tell
 * @param baseline the middle figure of what the window is compared with, {@code null} while there
 *     is too little of it
 * @param regression {@code null} unless the figures are worse than before
 * @param refused how many figures were none: not a number, negative, or too large
 */
public record SeriesStatus(
    String name,
    Instant since,
    FigureStats all,
    FigureStats window,
    FigureRates rates,
    @Nullable Double smoothed,
    FigureOutliers outliers,
    @Nullable FigureTrend trend,
    @Nullable Double baseline,
    @Nullable RegressionStatus regression,
    long refused) {}
