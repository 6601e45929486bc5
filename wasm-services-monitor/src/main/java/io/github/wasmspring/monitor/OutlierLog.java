package io.github.wasmspring.monitor;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;

/** The latest outliers. Guarded by its own monitor, which is asked for by outliers alone. */
final class OutlierLog {

  private static final int KEPT = 20;

  private final Deque<FigureOutlier> last = new ArrayDeque<>();
  private long count;

  synchronized void add(long millis, double value) {
    this.count++;
    if (this.last.size() == KEPT) {
      this.last.removeFirst();
    }
    this.last.addLast(new FigureOutlier(Instant.ofEpochMilli(millis), value));
  }

  synchronized FigureOutliers status(Fences fences) {
    return new FigureOutliers(
        this.count,
        fences.isKnown() ? fences.below() : null,
        fences.isKnown() ? fences.above() : null,
        new ArrayList<>(this.last));
  }
}
