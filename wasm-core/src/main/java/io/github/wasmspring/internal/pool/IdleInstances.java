package io.github.wasmspring.internal.pool;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Knows which instances nobody holds. Each instance has a cell of its own: taking it is one atomic
 * operation on a number there, and putting it back one write. The first cells are used first, so
 * that instances which are not needed stay idle and can be thrown away; only where threads meet do
 * they begin at different cells, so that each has one to itself.
 *
 * <h2>States of a cell</h2>
 *
 * <ul>
 *   <li>{@code HELD}: somebody has the instance to himself, or there is none. Only its holder goes
 *       to {@code IDLE}, by {@link #put}; so that needs no atomic operation.
 *   <li>{@code IDLE}: everybody may go to {@code HELD} by {@code compareAndSet}. One succeeds.
 * </ul>
 *
 * {@link #put} is a release write and {@code compareAndSet} an acquire: whoever takes an instance
 * sees all that was written to it while it was held, its cell too. Which cell belongs to which
 * instance changes under the monitor, and only for an instance that is held, whose cell nobody
 * takes.
 *
 * <h2>What may go wrong</h2>
 *
 * <ul>
 *   <li>{@link #take} looks at one cell after the other. It may find nothing although something was
 *       idle at any time, in a cell that it had passed. Who waits is told of each put, so that it
 *       looks again.
 *   <li>A put is seen a moment later by others. Who can't afford to miss it looks again, see {@link
 *       InstancePool}.
 *   <li>{@code used} and {@code crowded} say where to look. One who reads an older value begins at
 *       another cell, or misses an instance that was admitted at this moment. Of two who write
 *       {@code crowded} the last one counts; the pool's next trim begins anew.
 *   <li>{@link #count} and {@link #memory} add up what changes meanwhile, and are about right.
 * </ul>
 */
final class IdleInstances {

  /** So that two cells are not in one line of a processor's cache: 128 bytes. */
  private static final int STRIDE = 32;

  /** Cells that are apart from others; where there are more, the lines are shared. */
  private static final int APART = 64;

  private static final int HELD = 0;
  private static final int IDLE = 1;

  private final AtomicReferenceArray<@Nullable PooledInstance> cells;
  private final AtomicIntegerArray states;
  private final BitSet owned = new BitSet();
  private volatile int used;
  private volatile boolean crowded;

  IdleInstances(int most) {
    this.cells = new AtomicReferenceArray<>(most);
    this.states = new AtomicIntegerArray(position(most));
  }

  private static int position(int cell) {
    return cell < APART ? STRIDE * cell : STRIDE * APART + cell - APART;
  }

  /** Gives an instance that is held its cell. */
  synchronized void admit(PooledInstance instance) {
    int cell = this.owned.nextClearBit(0);
    this.owned.set(cell);
    this.cells.set(cell, instance);
    this.used = Math.max(this.used, cell + 1);
    instance.keepAt(cell);
  }

  /** An instance that is held is gone for good. */
  synchronized void dismiss(PooledInstance instance) {
    this.cells.set(instance.cell(), null);
    this.owned.clear(instance.cell());
    this.used = this.owned.length();
  }

  /** All that somebody holds, as it is at this moment. */
  synchronized List<PooledInstance> held() {
    List<PooledInstance> held = new ArrayList<>();
    for (int cell = this.owned.nextSetBit(0); cell >= 0; cell = this.owned.nextSetBit(cell + 1)) {
      PooledInstance instance = this.cells.get(cell);
      if (instance != null && this.states.get(position(cell)) == HELD) {
        held.add(instance);
      }
    }
    return held;
  }

  @Nullable PooledInstance take() {
    PooledInstance first = this.crowded ? null : take(0);
    return first != null ? first : takeAny();
  }

  private @Nullable PooledInstance takeAny() {
    int count = this.used;
    int start = this.crowded && count > 0 ? favourite(count) : 0;
    for (int i = 0; i < count; i++) {
      int cell = start + i < count ? start + i : start + i - count;
      PooledInstance instance = take(cell);
      if (instance != null) {
        return instance;
      }
      if (!this.crowded) {
        this.crowded = true;
      }
    }
    return null;
  }

  /** The cell at which the calling thread begins. */
  private static int favourite(int count) {
    int mixed = (int) (Thread.currentThread().getId() * 0x9E3779B97F4A7C15L >>> 32);
    return (int) ((mixed & 0xFFFFFFFFL) * count >>> 32);
  }

  private @Nullable PooledInstance take(int cell) {
    int position = position(cell);
    return this.states.get(position) == IDLE && this.states.compareAndSet(position, IDLE, HELD)
        ? this.cells.get(cell)
        : null;
  }

  void put(PooledInstance instance) {
    this.states.setRelease(position(instance.cell()), IDLE);
  }

  /** Begins at the first cell again, so that it shows which instances are not needed. */
  void forgetCrowd() {
    this.crowded = false;
  }

  /**
   * Takes the last instance that has been idle since before a time, and notes when the others were
   * seen to be idle.
   *
   * @param now by {@link System#nanoTime()}
   */
  @Nullable PooledInstance takeOlderThan(long idleNanos, long now) {
    for (int i = this.used - 1; i >= 0; i--) {
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
    for (int i = 0; i < this.used; i++) {
      count += this.states.get(position(i)) == IDLE ? 1 : 0;
    }
    return count;
  }

  /** The bytes of linear memory of all of them, about. */
  long memory() {
    long memory = 0;
    for (int i = 0; i < this.used; i++) {
      PooledInstance instance = this.states.get(position(i)) == IDLE ? this.cells.get(i) : null;
      memory += instance != null ? instance.memorySize() : 0;
    }
    return memory;
  }
}
