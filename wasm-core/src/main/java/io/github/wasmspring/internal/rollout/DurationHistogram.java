package io.github.wasmspring.internal.rollout;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * How long calls took, in steps of a fifth or less: each power of two of nanoseconds has four. Any
 * thread adds; a median that is read meanwhile may miss the last ones.
 */
final class DurationHistogram {

  private static final int STEPS = 4;

  private final AtomicLongArray counts = new AtomicLongArray(64 * STEPS);

  void add(long nanos) {
    this.counts.incrementAndGet(step(Math.max(nanos, 1)));
  }

  private static int step(long nanos) {
    int power = 63 - Long.numberOfLeadingZeros(nanos);
    int quarter = power < 2 ? 0 : (int) (nanos >>> power - 2) & STEPS - 1;
    return power * STEPS + quarter;
  }

  /** The middle of a step. */
  private static long nanos(int step) {
    int power = step / STEPS;
    double begin = Math.scalb(1 + (double) (step % STEPS) / STEPS, power);
    return (long) (begin + Math.scalb(0.5 / STEPS, power));
  }

  long count() {
    long count = 0;
    for (int i = 0; i < this.counts.length(); i++) {
      count += this.counts.get(i);
    }
    return count;
  }

  /** About; zero if there is none. */
  Duration median() {
    long half = (count() + 1) / 2;
    long seen = 0;
    for (int i = 0; i < this.counts.length() && half > 0; i++) {
      seen += this.counts.get(i);
      if (seen >= half) {
        return Duration.ofNanos(nanos(i));
      }
    }
    return Duration.ZERO;
  }
}
