package io.github.wasmspring.internal.adaptive;

import java.util.concurrent.atomic.AtomicReference;

/**
 * What a call of one side costs at present: a moving mean of measured answers, in which no single
 * one counts for more than four times the mean, and what failures add to it. Of two threads that
 * report at the same moment one is not heard.
 */
final class LiveCost {

  /** How many times the usual time a single answer counts at most. */
  static final double CLIP = 4;

  /** Below so many answers nothing is known. */
  static final int LEAST_SAMPLES = 8;

  private static final int WINDOW = 16;
  private static final int PENALTY_WINDOW = 64;

  private record Figures(
      int toSkip, int samples, double mean, double last, double penalty, int failuresInRow) {

    Figures answered(long nanos) {
      if (this.toSkip > 0) {
        return new Figures(this.toSkip - 1, 0, 0, 0, this.penalty, 0);
      }
      int count = Math.min(this.samples + 1, WINDOW);
      double clipped = count > 2 ? Math.min(nanos, CLIP * this.mean) : nanos;
      return new Figures(
          0,
          count,
          this.mean + (clipped - this.mean) / count,
          clipped,
          this.penalty - this.penalty / PENALTY_WINDOW,
          0);
    }

    Figures failed(long nanos, double weight) {
      double extra = Math.max(0, nanos - this.mean);
      return new Figures(
          this.toSkip,
          this.samples,
          this.mean,
          this.last,
          this.penalty + (extra - this.penalty) * weight / PENALTY_WINDOW,
          this.failuresInRow + 1);
    }
  }

  private final AtomicReference<Figures> figures;

  /**
   * @param toSkip how many answers are not counted, as the code is not compiled yet
   */
  LiveCost(int toSkip) {
    this.figures = new AtomicReference<>(new Figures(toSkip, 0, 0, 0, 0, 0));
  }

  void answered(long nanos) {
    Figures before = this.figures.get();
    this.figures.compareAndSet(before, before.answered(nanos));
  }

  /**
   * @param nanos of the whole call, the answer of the other side included
   * @param weight the part of the answers that is measured: each failure is heard
   * @return how many calls have failed since the last measured answer
   */
  int failed(long nanos, double weight) {
    Figures before = this.figures.get();
    Figures after = before.failed(nanos, weight);
    this.figures.compareAndSet(before, after);
    return after.failuresInRow();
  }

  /** The last measured answer, not smoothed, so that it scatters as single answers do. */
  double lastNanos() {
    return this.figures.get().last();
  }

  /** What failures add to each call, on average. */
  double penalty() {
    return this.figures.get().penalty();
  }

  /** Whether answers count by now. */
  boolean isWarm() {
    return this.figures.get().toSkip() == 0;
  }

  /** Nanoseconds a call, 0 if they are not known. */
  double nanos() {
    Figures now = this.figures.get();
    return now.samples() < LEAST_SAMPLES ? 0 : now.mean() + now.penalty();
  }
}
