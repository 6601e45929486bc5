package io.github.wasmspring.monitor;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Compares the window with what came before it. While a regression is on, the baseline stays as it
 * is: else what is worse would become what is usual. For one thread at a time.
 */
final class RegressionWatch {

  private static final int ENOUGH_BEFORE = 10;
  private static final int ENOUGH_NOW = 5;

  private final String series;
  private final RegressionJudge judge;
  private final int most;
  private final Deque<Double> baseline = new ArrayDeque<>();
  private long cleanFrom = Long.MIN_VALUE;
  private @Nullable RegressionStatus status;

  /**
   * @param most how many slices a baseline has, 0 to compare with nothing
   */
  RegressionWatch(String series, RegressionJudge judge, int most) {
    this.series = series;
    this.judge = judge;
    this.most = most;
  }

  /** A slice has left the window. */
  void left(long slice, double median) {
    if (this.status == null && slice >= this.cleanFrom) {
      this.baseline.addLast(median);
      if (this.baseline.size() > this.most) {
        this.baseline.removeFirst();
      }
    }
  }

  /**
   * The window has another slice.
   *
   * @param slice the number of the one that has begun
   * @param window the middle figures of its slices
   * @return {@code null} if there is nothing to tell
   */
  @Nullable RegressionEvent look(long slice, double[] window, Instant now) {
    if (this.baseline.size() < ENOUGH_BEFORE || window.length < ENOUGH_NOW) {
      return null;
    }
    RegressionJudge.Verdict seen = this.judge.compare(before(), window);
    RegressionStatus known = this.status;
    if (known == null) {
      if (!this.judge.isWorse(seen)) {
        return null;
      }
      RegressionStatus found = status(now, seen);
      this.status = found;
      return new RegressionEvent(this.series, true, now, found);
    }
    RegressionStatus latest = status(known.since(), seen);
    if (this.judge.isOver(seen)) {
      this.status = null;
      this.cleanFrom = slice;
      return new RegressionEvent(this.series, false, now, latest);
    }
    this.status = latest;
    return null;
  }

  private static RegressionStatus status(Instant since, RegressionJudge.Verdict seen) {
    return new RegressionStatus(since, seen.before(), seen.now(), seen.effect(), seen.chance());
  }

  /** What the window shows is what is usual from now on. */
  @Nullable RegressionEvent accept(long slice, double[] window, Instant now) {
    this.baseline.clear();
    for (int i = 0; i < Math.min(window.length, this.most); i++) {
      this.baseline.addLast(window[i]);
    }
    this.cleanFrom = slice;
    RegressionStatus known = this.status;
    this.status = null;
    return known == null ? null : new RegressionEvent(this.series, false, now, known);
  }

  private double[] before() {
    return this.baseline.stream().mapToDouble(Double::doubleValue).toArray();
  }

  /** {@code null} while there is too little of it. */
  @Nullable Double baseline() {
    return this.baseline.size() < ENOUGH_BEFORE ? null : Middle.of(before());
  }

  @Nullable RegressionStatus status() {
    return this.status;
  }
}
