package io.github.wasmspring.internal.rollout;

import io.github.wasmspring.rollout.WasmRollout.Figures;
import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;

/**
 * What one side of a rollout does. Any thread counts. Times are kept twice: those of the whole
 * trial to be shown, and those of its second half to be judged by, when code that was cold at first
 * has been compiled.
 */
public final class SideFigures {

  private final LongAdder calls = new LongAdder();
  private final LongAdder failures = new LongAdder();
  private final DurationHistogram all = new DurationHistogram();
  private final DurationHistogram late = new DurationHistogram();

  /**
   * @param isLate whether the second half of the trial has begun
   */
  public void answered(long nanos, boolean isLate) {
    this.all.add(nanos);
    if (isLate) {
      this.late.add(nanos);
    }
    this.calls.increment();
  }

  public void failed() {
    this.failures.increment();
    this.calls.increment();
  }

  /** Failures first, so that there are never more of them than calls. */
  public Figures snapshot() {
    long failed = this.failures.sum();
    return new Figures(Math.max(failed, this.calls.sum()), failed, this.all.median());
  }

  /** How many calls of the second half were answered. */
  long lateCalls() {
    return this.late.count();
  }

  /** Of those. */
  Duration lateMedian() {
    return this.late.median();
  }
}
