package io.github.wasmspring.engine.chicory;

import com.dylibso.chicory.runtime.Memory;
import com.dylibso.chicory.wasm.types.MemoryLimits;
import io.github.wasmspring.engine.MemoryCharge;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The bytes of a shared memory. They have room for its maximum from the start and never move, and
 * they are outside of the heap, the only place where the JDK offers atomic access to bytes of any
 * alignment. See docs/decisions/0017.
 */
final class SharedBytes {

  private static final int ALIGNMENT = Long.BYTES;

  private final int initialPages;
  private final int maximumPages;
  private final MemoryCharge charge;
  private final ByteBuffer all;
  private final WaitingThreads waiting = new WaitingThreads();
  private volatile ByteBuffer used;

  /**
   * @param charge told when the memory grows; its maximum has been paid for
   * @throws OutOfMemoryError if there is no room for the maximum
   */
  SharedBytes(MemoryLimits limits, MemoryCharge charge) {
    this.charge = charge;
    this.initialPages = limits.initialPages();
    this.maximumPages = limits.maximumPages();
    this.all =
        ByteBuffer.allocateDirect(Memory.PAGE_SIZE * this.maximumPages + ALIGNMENT)
            .alignedSlice(ALIGNMENT);
    this.used = first(this.initialPages);
  }

  private ByteBuffer first(int pages) {
    return this.all.slice(0, Memory.PAGE_SIZE * pages).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** What the memory has at present, little-endian; its position must not be changed. */
  ByteBuffer used() {
    return this.used;
  }

  int initialPages() {
    return this.initialPages;
  }

  int maximumPages() {
    return this.maximumPages;
  }

  WaitingThreads waiting() {
    return this.waiting;
  }

  /**
   * @return how many pages there were before, or -1 if there is no room
   */
  synchronized int grow(int delta) {
    int before = this.used.capacity() / Memory.PAGE_SIZE;
    if (delta < 0 || delta > this.maximumPages - before) {
      return -1;
    }
    if (delta > 0) {
      this.used = first(before + delta);
      this.charge.committed(this.used.capacity());
      this.charge.grown();
    }
    return before;
  }

  /** Makes it {@code pages} long, all zero; no other thread may use it meanwhile. */
  synchronized void clear(int pages) {
    BufferBytes.fill(this.used, 0, this.used.capacity(), (byte) 0);
    this.used = first(pages);
    this.charge.committed(this.used.capacity());
  }
}
