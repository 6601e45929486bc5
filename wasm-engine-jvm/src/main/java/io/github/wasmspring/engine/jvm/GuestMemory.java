package io.github.wasmspring.engine.jvm;

import io.github.wasmspring.binary.ExternalType;
import java.util.Arrays;

/**
 * A linear memory of an instance. Either its array is as long as the memory, so that the JVM's own
 * check of an index is the check of an address, or the memory has room to grow, and code checks
 * addresses against its size. Public for generated code, not for applications.
 */
public final class GuestMemory {

  private static final GuestMemory[] NONE = {};

  public byte[] bytes;

  /** In bytes. */
  public int size;

  /** About what growing may copy, as a multiple of the memory, before it gets room to grow. */
  private static final int MOST_COPIES = 8;

  private static final long LEAST_COPIED = 512L << 20;

  private MemoryForm form;
  private final long maximumPages;
  private long copied;

  private GuestMemory(ExternalType.Memory type, MemoryForm form) {
    this.form = form;
    Long maximum = type.size().maximum();
    long most = StorageLimits.BYTES >> form.pageBits();
    this.maximumPages = maximum == null || maximum < 0 ? most : Math.min(most, maximum);
    this.size = (int) (type.size().minimum() << form.pageBits());
    this.bytes = new byte[this.size];
  }

  /**
   * @throws OutOfMemoryError if there is no room in the heap
   */
  static GuestMemory[] of(GuestModule module) {
    int count = module.facts.memories().size();
    GuestMemory[] memories = count == 0 ? NONE : new GuestMemory[count];
    for (int i = 0; i < count; i++) {
      memories[i] = new GuestMemory(module.facts.memories().get(i), module.memory(i));
    }
    return memories;
  }

  /** Has room to grow from now on; code that relies on the length of the array must not run. */
  void take(MemoryForm roomy) {
    this.form = roomy;
  }

  /**
   * The pages before, or -1 if the memory can't grow by so many.
   *
   * @param pages unsigned
   */
  long grow(long pages, GuestContext context) {
    int bits = this.form.pageBits();
    long before = (long) this.size >>> bits;
    if (pages < 0 || pages > this.maximumPages - before) {
      return -1;
    }
    int wanted = (int) (before + pages << bits);
    if (!context.takeRoom(wanted - this.size)) {
      return -1;
    }
    if (wanted > this.bytes.length
        && !lengthen(capacity(wanted), context)
        && !lengthen(wanted, context)) {
      context.giveRoom(wanted - this.size);
      return -1;
    }
    if (pages > 0) {
      this.size = wanted;
      context.reportGrowth();
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

  /** Another array pays for itself; the one before is given up. */
  private boolean lengthen(int capacity, GuestContext context) {
    int more = capacity - this.bytes.length;
    if (!context.charge.add(more)) {
      return false;
    }
    try {
      this.bytes = Arrays.copyOf(this.bytes, capacity);
      this.copied += this.size;
      context.hasCopiedMuch |=
          !this.form.isRoomy()
              && this.copied > LEAST_COPIED
              && this.copied > (long) MOST_COPIES * this.size;
      return true;
    } catch (OutOfMemoryError full) {
      context.charge.subtract(more);
      return false;
    }
  }

  /**
   * Makes it so long and all zero; room of more than twice as much is given back.
   *
   * @throws OutOfMemoryError if there is no room in the heap
   */
  void clear(int wanted, GuestContext context) {
    if (this.bytes.length == wanted || this.form.isRoomy() && this.bytes.length <= 2L * wanted) {
      Arrays.fill(this.bytes, 0, this.size, (byte) 0);
    } else {
      int surplus = this.bytes.length - wanted;
      this.bytes = new byte[wanted];
      context.charge.subtract(surplus);
    }
    context.giveRoom(this.size - wanted);
    this.size = wanted;
    context.reportSize();
  }

  /**
   * @throws Trap if not all of the bytes are in the memory
   */
  void check(long address, long length) {
    if (address < 0 || length < 0 || address > this.size - length) {
      throw new Trap(Trap.MEMORY);
    }
  }
}
