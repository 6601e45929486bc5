package io.github.wasmspring.engine.chicory;

import com.dylibso.chicory.runtime.ConstantEvaluators;
import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.WasmRuntimeException;
import com.dylibso.chicory.wasm.UninstantiableException;
import com.dylibso.chicory.wasm.types.ActiveDataSegment;
import com.dylibso.chicory.wasm.types.DataSegment;
import com.dylibso.chicory.wasm.types.MemoryLimits;
import com.dylibso.chicory.wasm.types.PassiveDataSegment;
import io.github.wasmspring.engine.MemoryCharge;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * A linear memory in one array, which compiled code reads and writes up to several times faster
 * than Chicory's paged memories (see docs/decisions/0003). The array may be longer than the memory,
 * so that growing page by page does not copy each time; every access is checked against the size of
 * the memory, not of the array. Not for shared memories, whose array must not move.
 */
final class ContiguousMemory implements ResettableMemory {

  private static final VarHandle SHORT =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle FLOAT =
      MethodHandles.byteArrayViewVarHandle(float[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle DOUBLE =
      MethodHandles.byteArrayViewVarHandle(double[].class, ByteOrder.LITTLE_ENDIAN);

  private static final byte[] ZEROS = new byte[4096];

  private final int initialPages;
  private final int maximumPages;
  private final MemoryCharge charge;
  private byte[] bytes;
  private int size;
  private DataSegment[] dataSegments = {};

  /**
   * @param charge what pays for the array when it becomes longer
   */
  ContiguousMemory(MemoryLimits limits, MemoryCharge charge) {
    this.charge = charge;
    this.initialPages = limits.initialPages();
    this.maximumPages = Math.min(limits.maximumPages(), RUNTIME_MAX_PAGES);
    this.size = PAGE_SIZE * this.initialPages;
    this.bytes = new byte[this.size];
  }

  /**
   * The array behind the memory; another one after growing. Only the first {@link #size()} count.
   */
  byte[] array() {
    return this.bytes;
  }

  @Override
  public int size() {
    return this.size;
  }

  @Override
  public void clear(int pages) {
    int wanted = PAGE_SIZE * pages;
    if (this.bytes.length > 2L * wanted) {
      int surplus = this.bytes.length - wanted;
      this.bytes = new byte[wanted];
      this.charge.subtract(surplus);
    } else {
      Arrays.fill(this.bytes, 0, this.size, (byte) 0);
    }
    if (wanted != this.size) {
      this.size = wanted;
      this.charge.committed(wanted);
    }
  }

  @Override
  public int pages() {
    return this.size / PAGE_SIZE;
  }

  @Override
  public int grow(int delta) {
    BulkWork.stopIfInterrupted();
    int before = pages();
    if (delta < 0 || delta > this.maximumPages - before) {
      return -1;
    }
    int wanted = PAGE_SIZE * (before + delta);
    if (wanted > this.bytes.length && !lengthen(capacityFor(wanted)) && !lengthen(wanted)) {
      return -1;
    }
    this.size = wanted;
    if (delta > 0) {
      this.charge.committed(wanted);
      this.charge.grown();
    }
    return before;
  }

  private boolean lengthen(int capacity) {
    int more = capacity - this.bytes.length;
    if (!this.charge.add(more)) {
      return false;
    }
    boolean longer = false;
    try {
      byte[] lengthened = new byte[capacity];
      copyInPieces(this.bytes, 0, lengthened, 0, this.size);
      this.bytes = lengthened;
      longer = true;
      return true;
    } catch (OutOfMemoryError full) {
      return false;
    } finally {
      if (!longer) {
        this.charge.subtract(more);
      }
    }
  }

  /** From the side on which no piece overwrites what another has yet to read. */
  private static void copyInPieces(
      byte[] source, int sourceAt, byte[] target, int targetAt, int length) {
    boolean backwards = source == target && sourceAt < targetAt;
    int done = 0;
    while (done < length) {
      int piece = BulkWork.next(length - done);
      int offset = backwards ? length - done - piece : done;
      System.arraycopy(source, sourceAt + offset, target, targetAt + offset, piece);
      done += piece;
    }
  }

  /** Twice what there is, or what is wanted if that is more, within the maximum. */
  private int capacityFor(int wanted) {
    long generous = Math.max(wanted, 2L * this.bytes.length);
    return (int) Math.min(generous, (long) PAGE_SIZE * this.maximumPages);
  }

  @Override
  public int initialPages() {
    return this.initialPages;
  }

  @Override
  public int maximumPages() {
    return this.maximumPages;
  }

  @Override
  public boolean shared() {
    return false;
  }

  @Override
  @SuppressWarnings("removal")
  public Object lock(int address) {
    return this;
  }

  @Override
  @SuppressWarnings("removal")
  public int waitOn(int address, int expected, long timeout) {
    throw new WasmRuntimeException("expected shared memory");
  }

  @Override
  @SuppressWarnings("removal")
  public int waitOn(int address, long expected, long timeout) {
    throw new WasmRuntimeException("expected shared memory");
  }

  @Override
  @SuppressWarnings("removal")
  public int notify(int address, int maxThreads) {
    check(address, 4);
    return 0;
  }

  @Override
  public void initialize(Instance instance, DataSegment[] segments) {
    initialize(instance, segments, 0);
  }

  @Override
  public void initialize(Instance instance, DataSegment[] segments, int memoryIndex) {
    this.dataSegments = segments;
    int step = 0;
    for (DataSegment segment : segments) {
      BulkWork.stopIfInterruptedInStep(step++);
      if (segment instanceof ActiveDataSegment active && active.index() == memoryIndex) {
        byte[] data = active.data();
        int offset =
            (int) ConstantEvaluators.computeConstantValue(instance, active.offsetInstructions())[0];
        if (!contains(offset, data.length)) {
          throw new UninstantiableException("out of bounds memory access");
        }
        System.arraycopy(data, 0, this.bytes, offset, data.length);
      }
    }
  }

  @Override
  public void initPassiveSegment(int segmentId, int destination, int offset, int length) {
    byte[] data = this.dataSegments[segmentId].data();
    if (offset < 0 || length < 0 || offset > data.length - length) {
      throw outOfBounds(destination, length);
    }
    check(destination, length);
    copyInPieces(data, offset, this.bytes, destination, length);
  }

  @Override
  public void drop(int segment) {
    this.dataSegments[segment] = PassiveDataSegment.EMPTY;
  }

  @Override
  public DataSegment[] dataSegments() {
    return this.dataSegments;
  }

  @Override
  public boolean isZero(int address, int length) {
    for (int at = address; at < address + length; at += ZEROS.length) {
      int end = Math.min(at + ZEROS.length, address + length);
      if (!Arrays.equals(this.bytes, at, end, ZEROS, 0, end - at)) {
        return false;
      }
    }
    return true;
  }

  @Override
  public void write(int address, byte[] data, int offset, int length) {
    check(address, length);
    copyInPieces(data, offset, this.bytes, address, length);
  }

  @Override
  public void restore(int address, byte[] data) {
    System.arraycopy(data, 0, this.bytes, address, data.length);
  }

  @Override
  public byte[] readBytes(int address, int length) {
    check(address, length);
    byte[] copy = new byte[length];
    copyInPieces(this.bytes, address, copy, 0, length);
    return copy;
  }

  @Override
  public void copy(int destination, int source, int length) {
    check(destination, length);
    check(source, length);
    copyInPieces(this.bytes, source, this.bytes, destination, length);
  }

  @Override
  public void fill(byte value, int from, int to) {
    check(from, to - from);
    int at = from;
    while (at < to) {
      int piece = BulkWork.next(to - at);
      Arrays.fill(this.bytes, at, at + piece, value);
      at += piece;
    }
  }

  /** A new memory is zero already, and the engine calls this on new ones only. */
  @Override
  public void zero() {}

  @Override
  public byte read(int address) {
    if (address < 0 || address >= this.size) {
      throw outOfBounds(address, 1);
    }
    return this.bytes[address];
  }

  @Override
  public void writeByte(int address, byte value) {
    if (address < 0 || address >= this.size) {
      throw outOfBounds(address, 1);
    }
    this.bytes[address] = value;
  }

  @Override
  public short readShort(int address) {
    checkAccess(address, 2);
    return (short) SHORT.get(this.bytes, address);
  }

  @Override
  public long readU16(int address) {
    return readShort(address) & 0xffffL;
  }

  @Override
  public void writeShort(int address, short value) {
    checkAccess(address, 2);
    SHORT.set(this.bytes, address, value);
  }

  @Override
  public int readInt(int address) {
    checkAccess(address, 4);
    return (int) INT.get(this.bytes, address);
  }

  @Override
  public void writeI32(int address, int value) {
    checkAccess(address, 4);
    INT.set(this.bytes, address, value);
  }

  @Override
  public long readLong(int address) {
    checkAccess(address, 8);
    return (long) LONG.get(this.bytes, address);
  }

  @Override
  public void writeLong(int address, long value) {
    checkAccess(address, 8);
    LONG.set(this.bytes, address, value);
  }

  @Override
  public float readFloat(int address) {
    checkAccess(address, 4);
    return (float) FLOAT.get(this.bytes, address);
  }

  @Override
  public long readF32(int address) {
    return readInt(address);
  }

  @Override
  public void writeF32(int address, float value) {
    checkAccess(address, 4);
    FLOAT.set(this.bytes, address, value);
  }

  @Override
  public double readDouble(int address) {
    checkAccess(address, 8);
    return (double) DOUBLE.get(this.bytes, address);
  }

  @Override
  public long readF64(int address) {
    return readLong(address);
  }

  @Override
  public void writeF64(int address, double value) {
    checkAccess(address, 8);
    DOUBLE.set(this.bytes, address, value);
  }

  private void checkAccess(int address, int length) {
    if (address < 0 || address > this.size - length) {
      throw outOfBounds(address, length);
    }
  }

  private void check(int address, int length) {
    if (!contains(address, length)) {
      throw outOfBounds(address, length);
    }
  }

  boolean contains(int address, int length) {
    return address >= 0 && length >= 0 && address <= this.size - length;
  }

  WasmRuntimeException outOfBounds(int address, int length) {
    return new WasmRuntimeException(
        "out of bounds memory access: %d bytes at %d of %d"
            .formatted(Integer.toUnsignedLong(length), Integer.toUnsignedLong(address), this.size));
  }
}
