package io.github.wasmspring.internal.engine.jvm.run;

import io.github.wasmspring.WasmMemory;
import io.github.wasmspring.binary.ExternalType;

/**
 * A linear memory of an instance. Public for generated code, not for applications.
 *
 * @see HeapLinearMemory
 * @see SharedLinearMemory
 */
public abstract class LinearMemory {

  /** All but 64 KiB of what an {@code int} counts. */
  public static final long MOST_BYTES = 32_767L << 16;

  /** What code reads and writes itself, if the form of the memory says so. */
  public byte[] bytes = {};

  /** In bytes, for memories in the heap. */
  public int size;

  /** A new one of an instance. */
  public static LinearMemory of(ExternalType.Memory type, MemoryForm form, StorageAccount account) {
    return form.isShared()
        ? new SharedLinearMemory(type, account)
        : new HeapLinearMemory(type, form, account);
  }

  public abstract int size();

  /** As the host sees it. */
  public abstract WasmMemory forHost();

  /** Whether the array may be longer than the memory. */
  public boolean isRoomy() {
    return false;
  }

  /** Is addressed by code of another form from now on. */
  public void take(MemoryForm form) {}

  /** Whether growing has cost so much that there should be room to grow. */
  boolean hasCopiedMuch() {
    return false;
  }

  /**
   * The pages before, or -1 if the memory can't grow by so many.
   *
   * @param pages unsigned
   */
  abstract long grow(long pages);

  /**
   * Makes it longer before its instance is used.
   *
   * @param wanted bytes, whole pages of them
   * @return {@code false} if the limits, the payer or the heap have no room
   */
  public abstract boolean lengthen(int wanted);

  /**
   * Makes it so long and all zero.
   *
   * @throws OutOfMemoryError if there is no room
   */
  public abstract void clear(int wanted);

  public abstract void read(int address, byte[] target, int start, int length);

  public abstract void write(int address, byte[] source, int start, int length);

  abstract void fill(int address, int length, byte value);

  /** Both ranges may overlap. */
  abstract void copyWithin(int target, int source, int length);

  /**
   * @throws Trap if not all of the bytes are in the memory
   */
  public void check(long address, long length) {
    if (address < 0 || length < 0 || address > size() - length) {
      throw new Trap(Trap.MEMORY);
    }
  }
}
