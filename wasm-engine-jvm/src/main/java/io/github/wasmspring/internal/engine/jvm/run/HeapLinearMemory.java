package io.github.wasmspring.internal.engine.jvm.run;

import io.github.wasmspring.WasmMemory;
import io.github.wasmspring.binary.ExternalType;
import java.util.Arrays;

/**
 * A memory in an array. Either that is as long as the memory, so that the JVM's own check of an
 * index is the check of an address, or the memory has room to grow, and code checks addresses
 * against its size.
 */
final class HeapLinearMemory extends LinearMemory {

  /** About what growing may copy, as a multiple of the memory, before it gets room to grow. */
  private static final int MOST_COPIES = 8;

  private static final long LEAST_COPIED = 512L << 20;

  private final StorageAccount account;
  private final long maximumPages;
  private MemoryForm form;

  /** Bytes, since the memory was last brought back to its beginnings. */
  private long copied;

  /**
   * @throws OutOfMemoryError if there is no room in the heap
   */
  HeapLinearMemory(ExternalType.Memory type, MemoryForm form, StorageAccount account) {
    this.account = account;
    this.form = form;
    Long maximum = type.size().maximum();
    long most = MOST_BYTES >> form.pageBits();
    this.maximumPages = maximum == null || maximum < 0 ? most : Math.min(most, maximum);
    this.size = (int) (type.size().minimum() << form.pageBits());
    this.bytes = new byte[this.size];
  }

  @Override
  public int size() {
    return this.size;
  }

  @Override
  public WasmMemory forHost() {
    return new HeapHostMemory(this);
  }

  @Override
  public boolean isRoomy() {
    return this.form.isRoomy();
  }

  @Override
  public void take(MemoryForm other) {
    this.form = other;
  }

  @Override
  boolean hasCopiedMuch() {
    return !this.form.isRoomy()
        && this.copied > LEAST_COPIED
        && this.copied > (long) MOST_COPIES * this.size;
  }

  @Override
  long grow(long pages) {
    int bits = this.form.pageBits();
    long before = (long) this.size >>> bits;
    if (pages < 0 || pages > this.maximumPages - before) {
      return -1;
    }
    int wanted = (int) (before + pages << bits);
    if (wanted > this.bytes.length && !reallocate(capacity(wanted)) && !reallocate(wanted)) {
      return -1;
    }
    if (pages > 0) {
      this.size = wanted;
      this.account.committed(wanted);
      this.account.grown();
    }
    return before;
  }

  /** Twice what there is, if there may be more than the size. */
  private int capacity(int wanted) {
    if (!this.form.isRoomy()) {
      return wanted;
    }
    long most = this.maximumPages << this.form.pageBits();
    return (int) Math.min(most, Math.max(wanted, 2L * this.bytes.length));
  }

  @Override
  public boolean lengthen(int wanted) {
    if (wanted > this.bytes.length && !reallocate(wanted)) {
      return false;
    }
    this.size = Math.max(wanted, this.size);
    this.copied = 0;
    this.account.committed(this.size);
    return true;
  }

  /** Another array pays for itself; the one before is given up. */
  private boolean reallocate(int capacity) {
    int more = capacity - this.bytes.length;
    if (!this.account.add(more)) {
      return false;
    }
    boolean longer = false;
    try {
      byte[] lengthened = new byte[capacity];
      MemoryInstructions.inPieces(
          this.size, (at, length) -> System.arraycopy(this.bytes, at, lengthened, at, length));
      this.copied += this.size;
      this.bytes = lengthened;
      longer = true;
      return true;
    } catch (OutOfMemoryError full) {
      return false;
    } finally {
      if (!longer) {
        this.account.subtract(more);
      }
    }
  }

  /** Room of more than twice as much is given back. */
  @Override
  public void clear(int wanted) {
    if (this.bytes.length == wanted || this.form.isRoomy() && this.bytes.length <= 2L * wanted) {
      Arrays.fill(this.bytes, 0, this.size, (byte) 0);
    } else {
      int surplus = this.bytes.length - wanted;
      this.bytes = new byte[wanted];
      this.account.subtract(surplus);
    }
    this.size = wanted;
    this.copied = 0;
    this.account.committed(wanted);
  }

  @Override
  public void read(int address, byte[] target, int start, int length) {
    System.arraycopy(this.bytes, address, target, start, length);
  }

  @Override
  public void write(int address, byte[] source, int start, int length) {
    System.arraycopy(source, start, this.bytes, address, length);
  }

  @Override
  void fill(int address, int length, byte value) {
    Arrays.fill(this.bytes, address, address + length, value);
  }

  @Override
  void copyWithin(int target, int source, int length) {
    System.arraycopy(this.bytes, source, this.bytes, target, length);
  }
}
