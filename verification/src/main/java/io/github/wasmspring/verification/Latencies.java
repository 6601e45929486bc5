package io.github.wasmspring.verification;

import java.util.concurrent.atomic.AtomicLongArray;

/** Counts durations in buckets that are 6 % wide at most. Safe for use by many threads. */
public final class Latencies {

  private static final int FRACTION_BITS = 4;
  private static final int FRACTIONS = 1 << FRACTION_BITS;

  private final AtomicLongArray counts = new AtomicLongArray(Long.SIZE * FRACTIONS);

  public void add(long nanos) {
    this.counts.incrementAndGet(bucket(Math.max(nanos, FRACTIONS)));
  }

  private static int bucket(long nanos) {
    int exponent = Long.SIZE - 1 - Long.numberOfLeadingZeros(nanos);
    int fraction = (int) (nanos >>> (exponent - FRACTION_BITS)) & (FRACTIONS - 1);
    return exponent * FRACTIONS + fraction;
  }

  /** The middle of a bucket. */
  private static double nanos(int bucket) {
    double start = FRACTIONS + bucket % FRACTIONS;
    return Math.scalb(start + 0.5, bucket / FRACTIONS - FRACTION_BITS);
  }

  /**
   * Microseconds that no more than this share of all durations exceed; 0 if there are none.
   *
   * @param share between 0 and 1, e.g. 0.99
   */
  public double micros(double share) {
    long total = 0;
    for (int i = 0; i < this.counts.length(); i++) {
      total += this.counts.get(i);
    }
    long wanted = (long) Math.ceil(total * share);
    long seen = 0;
    for (int i = 0; i < this.counts.length(); i++) {
      seen += this.counts.get(i);
      if (seen >= wanted && seen > 0) {
        return nanos(i) / 1_000;
      }
    }
    return 0;
  }
}
