package io.github.wasmspring.bundle.memory;

import java.util.stream.IntStream;

/** Finds where two arrays differ. */
final class DifferingRanges {

  private final byte[] a;
  private final byte[] b;
  private final int gap;
  private final int common;
  private final int longest;
  private final IntStream.Builder bounds = IntStream.builder();

  DifferingRanges(byte[] a, byte[] b, int gap) {
    this.a = a;
    this.b = b;
    this.gap = gap;
    this.common = Math.min(a.length, b.length);
    this.longest = Math.max(a.length, b.length);
  }

  /** Pairs of where a range begins and where it ends. */
  int[] find() {
    int start = -1;
    int end = -1;
    for (int i = 0; i < this.longest; i++) {
      if (i < this.common && this.a[i] == this.b[i]) {
        continue;
      }
      if (start >= 0 && i - end > this.gap) {
        this.bounds.add(start).add(end);
        start = -1;
      }
      start = start < 0 ? i : start;
      end = i + 1;
    }
    if (start >= 0) {
      this.bounds.add(start).add(end);
    }
    return this.bounds.build().toArray();
  }
}
