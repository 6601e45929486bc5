package io.github.wasmspring.engine.chicory;

import com.dylibso.chicory.runtime.ConstantEvaluators;
import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.WasmRuntimeException;
import com.dylibso.chicory.wasm.UninstantiableException;
import com.dylibso.chicory.wasm.types.ActiveDataSegment;
import com.dylibso.chicory.wasm.types.DataSegment;
import com.dylibso.chicory.wasm.types.PassiveDataSegment;
import io.github.wasmspring.internal.engine.BufferBytes;
import io.github.wasmspring.internal.engine.SharedBytes;
import java.nio.ByteBuffer;

/**
 * One instance's view of bytes that it shares with others: everything but the atomic operations.
 * Each access is checked against the size that this view has seen last; only one that is beyond it
 * looks whether somebody else has made the memory larger.
 */
abstract class OffHeapMemory implements ResettableMemory {

  private final SharedBytes bytes;
  private final boolean first;
  private ByteBuffer seen;
  private DataSegment[] dataSegments = {};

  /**
   * @param first whether this is the view of the instance that the memory was made for, which
   *     writes the active data segments
   */
  OffHeapMemory(SharedBytes bytes, boolean first) {
    this.bytes = bytes;
    this.first = first;
    this.seen = bytes.used();
  }

  final SharedBytes bytes() {
    return this.bytes;
  }

  /** The bytes of the memory as far as this view knows them. */
  final ByteBuffer seen() {
    return this.seen;
  }

  /**
   * Looks again how large the memory is.
   *
   * @throws WasmRuntimeException if these bytes are not inside of it
   */
  final void require(int address, int length) {
    ByteBuffer now = this.bytes.used();
    this.seen = now;
    if (address < 0 || length < 0 || address > now.capacity() - length) {
      throw new WasmRuntimeException(
          "out of bounds memory access: %d bytes at %d of %d"
              .formatted(
                  Integer.toUnsignedLong(length), Integer.toUnsignedLong(address), now.capacity()));
    }
  }

  /** The buffer, after a look at whether these bytes are inside. */
  private ByteBuffer range(int address, int length) {
    if (address < 0 || length < 0 || address > this.seen.capacity() - length) {
      require(address, length);
    }
    return this.seen;
  }

  @Override
  public final int size() {
    return this.bytes.used().capacity();
  }

  @Override
  public final int pages() {
    return size() / PAGE_SIZE;
  }

  @Override
  public final int grow(int delta) {
    BulkWork.stopIfInterrupted();
    int before = this.bytes.grow(delta);
    this.seen = this.bytes.used();
    return before;
  }

  /** Prepares the bytes for the first thread that joins the one which uses this view. */
  final void settle() {
    if (!this.bytes.isSettled()) {
      this.bytes.settle();
      this.seen = this.bytes.used();
    }
  }

  @Override
  public final void clear(int pages) {
    this.bytes.clear(pages);
    this.seen = this.bytes.used();
  }

  @Override
  public final boolean isZero(int address, int length) {
    return BufferBytes.isZero(range(address, length), address, length);
  }

  @Override
  public final int initialPages() {
    return this.bytes.initialPages();
  }

  @Override
  public final int maximumPages() {
    return this.bytes.maximumPages();
  }

  @Override
  public final void initialize(Instance instance, DataSegment[] segments) {
    initialize(instance, segments, 0);
  }

  @Override
  public final void initialize(Instance instance, DataSegment[] segments, int memoryIndex) {
    this.dataSegments = segments;
    int step = 0;
    for (DataSegment segment : segments) {
      BulkWork.stopIfInterruptedInStep(step++);
      if (this.first
          && segment instanceof ActiveDataSegment active
          && active.index() == memoryIndex) {
        int offset =
            (int) ConstantEvaluators.computeConstantValue(instance, active.offsetInstructions())[0];
        writeActive(offset, active.data());
      }
    }
  }

  private void writeActive(int offset, byte[] data) {
    if (offset < 0 || offset > size() - data.length) {
      throw new UninstantiableException("out of bounds memory access");
    }
    this.seen.put(offset, data);
  }

  @Override
  public final void initPassiveSegment(int segment, int destination, int offset, int length) {
    byte[] data = this.dataSegments[segment].data();
    ByteBuffer target = range(destination, length);
    if (offset < 0 || offset > data.length - length) {
      throw new WasmRuntimeException("out of bounds memory access");
    }
    writeInPieces(target, destination, data, offset, length);
  }

  @Override
  public final void drop(int segment) {
    this.dataSegments[segment] = PassiveDataSegment.EMPTY;
  }

  @Override
  public final DataSegment[] dataSegments() {
    return this.dataSegments;
  }

  /** New bytes are zero already, and those of others are not to be touched. */
  @Override
  public final void zero() {}

  @Override
  public final void write(int address, byte[] data, int offset, int length) {
    writeInPieces(range(address, length), address, data, offset, length);
  }

  private static void writeInPieces(
      ByteBuffer target, int address, byte[] data, int offset, int length) {
    int done = 0;
    while (done < length) {
      int piece = BulkWork.next(length - done);
      target.put(address + done, data, offset + done, piece);
      done += piece;
    }
  }

  @Override
  public final void restore(int address, byte[] data) {
    range(address, data.length).put(address, data);
  }

  @Override
  public final byte[] readBytes(int address, int length) {
    ByteBuffer source = range(address, length);
    byte[] data = new byte[length];
    int done = 0;
    while (done < length) {
      int piece = BulkWork.next(length - done);
      source.get(address + done, data, done, piece);
      done += piece;
    }
    return data;
  }

  @Override
  public final void copy(int destination, int source, int length) {
    range(source, length);
    ByteBuffer both = range(destination, length);
    int done = 0;
    while (done < length) {
      int piece = BulkWork.next(length - done);
      // From the side on which no piece overwrites what another has yet to read.
      int offset = source < destination ? length - done - piece : done;
      both.put(destination + offset, both, source + offset, piece);
      done += piece;
    }
  }

  @Override
  public final void fill(byte value, int from, int to) {
    ByteBuffer target = range(from, to - from);
    int at = from;
    while (at < to) {
      int piece = BulkWork.next(to - at);
      BufferBytes.fill(target, at, at + piece, value);
      at += piece;
    }
  }

  @Override
  public final byte read(int address) {
    try {
      return this.seen.get(address);
    } catch (IndexOutOfBoundsException beyond) {
      require(address, 1);
      return this.seen.get(address);
    }
  }

  @Override
  public final void writeByte(int address, byte value) {
    try {
      this.seen.put(address, value);
    } catch (IndexOutOfBoundsException beyond) {
      require(address, 1);
      this.seen.put(address, value);
    }
  }

  @Override
  public final short readShort(int address) {
    try {
      return this.seen.getShort(address);
    } catch (IndexOutOfBoundsException beyond) {
      require(address, 2);
      return this.seen.getShort(address);
    }
  }

  @Override
  public final long readU16(int address) {
    return readShort(address) & 0xffffL;
  }

  @Override
  public final void writeShort(int address, short value) {
    try {
      this.seen.putShort(address, value);
    } catch (IndexOutOfBoundsException beyond) {
      require(address, 2);
      this.seen.putShort(address, value);
    }
  }

  @Override
  public final int readInt(int address) {
    try {
      return this.seen.getInt(address);
    } catch (IndexOutOfBoundsException beyond) {
      require(address, 4);
      return this.seen.getInt(address);
    }
  }

  @Override
  public final void writeI32(int address, int value) {
    try {
      this.seen.putInt(address, value);
    } catch (IndexOutOfBoundsException beyond) {
      require(address, 4);
      this.seen.putInt(address, value);
    }
  }

  @Override
  public final long readLong(int address) {
    try {
      return this.seen.getLong(address);
    } catch (IndexOutOfBoundsException beyond) {
      require(address, 8);
      return this.seen.getLong(address);
    }
  }

  @Override
  public final void writeLong(int address, long value) {
    try {
      this.seen.putLong(address, value);
    } catch (IndexOutOfBoundsException beyond) {
      require(address, 8);
      this.seen.putLong(address, value);
    }
  }

  @Override
  public final float readFloat(int address) {
    try {
      return this.seen.getFloat(address);
    } catch (IndexOutOfBoundsException beyond) {
      require(address, 4);
      return this.seen.getFloat(address);
    }
  }

  @Override
  public final long readF32(int address) {
    return readInt(address);
  }

  @Override
  public final void writeF32(int address, float value) {
    try {
      this.seen.putFloat(address, value);
    } catch (IndexOutOfBoundsException beyond) {
      require(address, 4);
      this.seen.putFloat(address, value);
    }
  }

  @Override
  public final double readDouble(int address) {
    try {
      return this.seen.getDouble(address);
    } catch (IndexOutOfBoundsException beyond) {
      require(address, 8);
      return this.seen.getDouble(address);
    }
  }

  @Override
  public final long readF64(int address) {
    return readLong(address);
  }

  @Override
  public final void writeF64(int address, double value) {
    try {
      this.seen.putDouble(address, value);
    } catch (IndexOutOfBoundsException beyond) {
      require(address, 8);
      this.seen.putDouble(address, value);
    }
  }
}
