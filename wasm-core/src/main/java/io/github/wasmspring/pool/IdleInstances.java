package io.github.wasmspring.pool;

import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * The instances that nobody holds, in as many cells as there may be instances. Taking and putting
 * cost one atomic operation each while few threads do so; the first cells are used first, so that
 * instances which are not needed stay idle and can be thrown away.
 */
final class IdleInstances {

  private final AtomicReferenceArray<@Nullable PooledInstance> cells;

  IdleInstances(int most) {
    this.cells = new AtomicReferenceArray<>(most);
  }

  @Nullable PooledInstance take() {
    for (int i = 0; i < this.cells.length(); i++) {
      PooledInstance instance = take(i);
      if (instance != null) {
        return instance;
      }
    }
    return null;
  }

  private @Nullable PooledInstance take(int cell) {
    PooledInstance instance = this.cells.get(cell);
    return instance != null && this.cells.compareAndSet(cell, instance, null) ? instance : null;
  }

  void put(PooledInstance instance) {
    for (int i = 0; ; i = (i + 1) % this.cells.length()) {
      if (this.cells.get(i) == null && this.cells.compareAndSet(i, null, instance)) {
        return;
      }
    }
  }

  /**
   * Takes the last instance that has been idle since before a time, and notes when the others were
   * seen to be idle.
   *
   * @param now by {@link System#nanoTime()}
   */
  @Nullable PooledInstance takeOlderThan(long idleNanos, long now) {
    for (int i = this.cells.length() - 1; i >= 0; i--) {
      PooledInstance instance = take(i);
      if (instance == null) {
        continue;
      }
      if (instance.idleFor(now) > idleNanos) {
        return instance;
      }
      put(instance);
    }
    return null;
  }

  int count() {
    int count = 0;
    for (int i = 0; i < this.cells.length(); i++) {
      count += this.cells.get(i) != null ? 1 : 0;
    }
    return count;
  }

  /** The bytes of linear memory of all of them, about. */
  long memory() {
    long memory = 0;
    for (int i = 0; i < this.cells.length(); i++) {
      PooledInstance instance = this.cells.get(i);
      memory += instance != null ? instance.memorySize() : 0;
    }
    return memory;
  }
}
