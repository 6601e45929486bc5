package io.github.wasmspring.monitor;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Figures that are far from the others: beyond Tukey's outer fences, which are three interquartile
 * ranges below the lower and above the upper quartile of the window.
 *
 * @param count all that there were
 * @param below figures below are outliers now, {@code null} while there are too few to tell
 * @param above figures above are outliers now, {@code null} while there are too few to tell
 * @param last the latest, oldest first
 */
public record FigureOutliers(
    long count, @Nullable Double below, @Nullable Double above, List<FigureOutlier> last) {

  public FigureOutliers {
    last = List.copyOf(last);
  }
}
