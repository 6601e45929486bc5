package io.github.wasmspring.internal.engine.jvm.run;

import io.github.wasmspring.WasmMemory;
import io.github.wasmspring.binary.ExternalType;
import io.github.wasmspring.internal.engine.BufferBytes;
import io.github.wasmspring.internal.engine.SharedBytes;
import io.github.wasmspring.internal.engine.SharedHostMemory;
import java.nio.ByteBuffer;

/**
 * A shared memory as one thread of the guest sees it. Its bytes are outside of the heap, see
 * docs/decisions/0017; code reads and writes them by {@link SharedInstructions}.
 */
public final class SharedLinearMemory extends LinearMemory {

  private static final int PAGE_BITS = 16;

  private final SharedBytes shared;

  /** What there was when this thread last looked; it never gets less while there are threads. */
  private ByteBuffer seen;

  /**
   * @throws OutOfMemoryError if there is no room
   */
  SharedLinearMemory(ExternalType.Memory type, StorageAccount account) {
    this(new SharedBytes((int) type.size().minimum(), maximum(type, account), account));
  }

  private SharedLinearMemory(SharedBytes shared) {
    this.shared = shared;
    this.seen = shared.used();
  }

  private static int maximum(ExternalType.Memory type, StorageAccount account) {
    Long declared = type.size().maximum();
    long most = Math.min(MOST_BYTES, account.most()) >> PAGE_BITS;
    return (int) (declared == null || declared < 0 ? most : Math.min(most, declared));
  }

  /** As another thread of the guest sees it. */
  public SharedLinearMemory forThread() {
    return new SharedLinearMemory(this.shared);
  }

  /** Prepares it for the first thread that joins the one which uses it. */
  public void settle() {
    if (!this.shared.isSettled()) {
      this.shared.settle();
      this.seen = this.shared.used();
    }
  }

  SharedBytes shared() {
    return this.shared;
  }

  /**
   * The bytes, after a look at whether these are inside.
   *
   * @throws Trap if not all of them are
   */
  ByteBuffer range(int address, int length) {
    if (address < 0 || address > this.seen.capacity() - length) {
      this.seen = this.shared.used();
      check(address, length);
    }
    return this.seen;
  }

  @Override
  public int size() {
    return this.shared.used().capacity();
  }

  @Override
  public WasmMemory forHost() {
    return new SharedHostMemory(this.shared);
  }

  @Override
  long grow(long pages) {
    int before = pages < 0 || pages > Short.MAX_VALUE ? -1 : this.shared.grow((int) pages);
    this.seen = this.shared.used();
    return before;
  }

  @Override
  public boolean lengthen(int wanted) {
    int more = wanted - size() >> PAGE_BITS;
    return more <= 0 || grow(more) >= 0;
  }

  @Override
  public void clear(int wanted) {
    this.shared.clear(wanted >>> PAGE_BITS);
    this.seen = this.shared.used();
  }

  @Override
  public void read(int address, byte[] target, int start, int length) {
    range(address, length).get(address, target, start, length);
  }

  @Override
  public void write(int address, byte[] source, int start, int length) {
    range(address, length).put(address, source, start, length);
  }

  @Override
  void fill(int address, int length, byte value) {
    BufferBytes.fill(range(address, length), address, address + length, value);
  }

  @Override
  void copyWithin(int target, int source, int length) {
    range(source, length);
    ByteBuffer all = range(target, length);
    all.put(target, all, source, length);
  }
}
