package io.github.wasmspring.dashboard.view;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Counts how long calls took, by size: sixteen classes between a power of two and the next, so that
 * a duration is known within three percent.
 */
final class LatencyCounts {

  private static final int BITS = 4;
  private static final int CLASSES = 1 << BITS;

  /** Eighteen minutes; what takes longer counts as that. */
  private static final long LONGEST = 1L << 40;

  static final int SIZE = index(LONGEST) + 1;

  private final AtomicLongArray counts = new AtomicLongArray(SIZE);

  void add(long nanos) {
    this.counts.incrementAndGet(index(Math.max(0, Math.min(nanos, LONGEST))));
  }

  long count(int index) {
    return this.counts.get(index);
  }

  static int index(long nanos) {
    int shift = 63 - Long.numberOfLeadingZeros(nanos | 1) - BITS;
    return shift < 0 ? (int) nanos : (shift << BITS) + (int) (nanos >>> shift);
  }

  /** The middle of a class. */
  static long nanos(int index) {
    int shift = (index >> BITS) - 1;
    if (shift < 0) {
      return index;
    }
    long least = (long) (CLASSES + (index & (CLASSES - 1))) << shift;
    return least + (1L << shift) / 2;
  }
}
