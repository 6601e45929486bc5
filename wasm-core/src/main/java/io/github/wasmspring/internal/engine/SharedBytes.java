package io.github.wasmspring.internal.engine;

import io.github.wasmspring.engine.MemoryCharge;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The bytes of a shared memory. They are outside of the heap, the only place where the JDK offers
 * atomic access to bytes of any alignment. While one thread uses them they move when they grow, as
 * those of other memories do; before others come they are settled, and never move again. See
 * docs/decisions/0017.
 */
public final class SharedBytes {

  private static final int PAGE_SIZE = 1 << 16;
  private static final int ALIGNMENT = Long.BYTES;

  private final int initialPages;
  private final int maximumPages;
  private final MemoryCharge charge;
  private final WaitingThreads waiting = new WaitingThreads();
  private ByteBuffer all;
  private volatile ByteBuffer used;
  private volatile boolean settled;

  /**
   * @param initialPages of 64 KiB
   * @param charge what pays for bytes beyond the initial ones
   * @throws OutOfMemoryError if there is no room for these
   */
  public SharedBytes(int initialPages, int maximumPages, MemoryCharge charge) {
    this.charge = charge;
    this.initialPages = initialPages;
    this.maximumPages = maximumPages;
    this.all = allocate(PAGE_SIZE * this.initialPages);
    this.used = first(this.initialPages);
  }

  private static ByteBuffer allocate(int bytes) {
    return ByteBuffer.allocateDirect(bytes + ALIGNMENT).alignedSlice(ALIGNMENT).slice(0, bytes);
  }

  private ByteBuffer first(int pages) {
    return this.all.slice(0, PAGE_SIZE * pages).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** What the memory has at present, little-endian; its position must not be changed. */
  public ByteBuffer used() {
    return this.used;
  }

  public int initialPages() {
    return this.initialPages;
  }

  public int maximumPages() {
    return this.maximumPages;
  }

  public WaitingThreads waiting() {
    return this.waiting;
  }

  /**
   * @return how many pages there were before, or -1 if there is no room
   */
  public synchronized int grow(int delta) {
    int before = this.used.capacity() / PAGE_SIZE;
    if (delta < 0 || delta > this.maximumPages - before) {
      return -1;
    }
    int wanted = PAGE_SIZE * (before + delta);
    if (wanted > this.all.capacity()
        && (this.settled || !lengthen(capacityFor(wanted)) && !lengthen(wanted))) {
      return -1;
    }
    if (delta > 0) {
      this.used = first(before + delta);
      this.charge.committed(this.used.capacity());
      this.charge.grown();
    }
    return before;
  }

  /** Twice what there is, or what is wanted if that is more, within the maximum. */
  private int capacityFor(int wanted) {
    long generous = Math.max(wanted, 2L * this.all.capacity());
    return (int) Math.min(generous, (long) PAGE_SIZE * this.maximumPages);
  }

  private boolean lengthen(int capacity) {
    int more = capacity - this.all.capacity();
    if (more > 0 && !this.charge.add(more)) {
      return false;
    }
    try {
      ByteBuffer longer = allocate(capacity);
      longer.put(0, this.used, 0, this.used.capacity());
      this.all = longer;
      return true;
    } catch (OutOfMemoryError full) {
      this.charge.subtract(more);
      return false;
    }
  }

  public boolean isSettled() {
    return this.settled;
  }

  /**
   * From now on the bytes stay where they are, so that several threads may use them. There is room
   * for the maximum then, or, if nobody pays for that, no room to grow. To be called by the only
   * thread that uses them.
   */
  public synchronized void settle() {
    int most = PAGE_SIZE * this.maximumPages;
    if (!this.settled && this.all.capacity() < most && lengthen(most)) {
      this.used = first(this.used.capacity() / PAGE_SIZE);
    }
    this.settled = true;
  }

  /** Makes it {@code pages} long, all zero; no other thread may use it meanwhile. */
  public synchronized void clear(int pages) {
    BufferBytes.fill(this.used, 0, this.used.capacity(), (byte) 0);
    this.used = first(pages);
    this.charge.committed(this.used.capacity());
  }
}
