package io.github.wasmspring.internal.sandbox;

import io.github.wasmspring.sandbox.MemoryStats;

/** Adds the memories of instances up. */
final class MemorySum {
  private long used;
  private long committed;
  private long free;
  private long largestFree;
  private boolean told;

  void add(MemoryAccount account) {
    long bytes = account.committed();
    GuestHeap heap = account.heap();
    this.committed += bytes;
    this.used += heap == null ? bytes : Math.min(bytes, heap.used());
    if (heap != null) {
      this.free += heap.free();
      this.largestFree += heap.largestFree();
      this.told = true;
    }
  }

  MemoryStats with(HighWater highWater) {
    return new MemoryStats(
        this.used,
        this.committed,
        highWater.ofOne(),
        highWater.ofAll(),
        highWater.growths(),
        this.free,
        this.largestFree,
        this.told ? fragmentation() : null);
  }

  private double fragmentation() {
    return this.free == 0 ? 0 : 1 - (double) this.largestFree / this.free;
  }
}
