package io.github.wasmspring.engine.chicory;

import com.dylibso.chicory.runtime.ConstantEvaluators;
import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.Memory;
import com.dylibso.chicory.wasm.UninstantiableException;
import com.dylibso.chicory.wasm.types.ActiveDataSegment;
import com.dylibso.chicory.wasm.types.DataSegment;
import com.dylibso.chicory.wasm.types.PassiveDataSegment;

/**
 * The memory of another instance as the code of one uses it. Chicory asks memories for the data
 * segments of a module, which are not the other one's.
 */
final class LinkedMemory implements Memory {

  private final ContiguousMemory memory;
  private DataSegment[] segments = {};

  LinkedMemory(ContiguousMemory memory) {
    this.memory = memory;
  }

  ContiguousMemory memory() {
    return this.memory;
  }

  @Override
  public void initialize(Instance instance, DataSegment[] all) {
    initialize(instance, all, 0);
  }

  @Override
  public void initialize(Instance instance, DataSegment[] all, int memoryIndex) {
    this.segments = all;
    int step = 0;
    for (DataSegment segment : all) {
      BulkWork.stopIfInterruptedInStep(step++);
      if (segment instanceof ActiveDataSegment active && active.index() == memoryIndex) {
        byte[] data = active.data();
        int offset =
            (int) ConstantEvaluators.computeConstantValue(instance, active.offsetInstructions())[0];
        if (!this.memory.contains(offset, data.length)) {
          throw new UninstantiableException("out of bounds memory access");
        }
        this.memory.write(offset, data, 0, data.length);
      }
    }
  }

  @Override
  public void initPassiveSegment(int segmentId, int destination, int offset, int length) {
    byte[] data = this.segments[segmentId].data();
    if (offset < 0 || length < 0 || offset > data.length - length) {
      throw this.memory.outOfBounds(destination, length);
    }
    this.memory.write(destination, data, offset, length);
  }

  @Override
  public void drop(int segment) {
    this.segments[segment] = PassiveDataSegment.EMPTY;
  }

  /** The memory is what its instance has made of it. */
  @Override
  public void zero() {}

  @Override
  public int pages() {
    return this.memory.pages();
  }

  @Override
  public int grow(int pages) {
    return this.memory.grow(pages);
  }

  @Override
  public int initialPages() {
    return this.memory.initialPages();
  }

  @Override
  public int maximumPages() {
    return this.memory.maximumPages();
  }

  @Override
  public boolean shared() {
    return this.memory.shared();
  }

  @Override
  @SuppressWarnings("removal")
  public Object lock(int address) {
    return this.memory.lock(address);
  }

  @Override
  @SuppressWarnings("removal")
  public int waitOn(int address, int expected, long timeout) {
    return this.memory.waitOn(address, expected, timeout);
  }

  @Override
  @SuppressWarnings("removal")
  public int waitOn(int address, long expected, long timeout) {
    return this.memory.waitOn(address, expected, timeout);
  }

  @Override
  @SuppressWarnings("removal")
  public int notify(int address, int maxThreads) {
    return this.memory.notify(address, maxThreads);
  }

  @Override
  public void write(int address, byte[] data, int offset, int length) {
    this.memory.write(address, data, offset, length);
  }

  @Override
  public byte[] readBytes(int address, int length) {
    return this.memory.readBytes(address, length);
  }

  @Override
  public void copy(int destination, int source, int length) {
    this.memory.copy(destination, source, length);
  }

  @Override
  public void fill(byte value, int from, int to) {
    this.memory.fill(value, from, to);
  }

  @Override
  public byte read(int address) {
    return this.memory.read(address);
  }

  @Override
  public void writeByte(int address, byte value) {
    this.memory.writeByte(address, value);
  }

  @Override
  public short readShort(int address) {
    return this.memory.readShort(address);
  }

  @Override
  public long readU16(int address) {
    return this.memory.readU16(address);
  }

  @Override
  public void writeShort(int address, short value) {
    this.memory.writeShort(address, value);
  }

  @Override
  public int readInt(int address) {
    return this.memory.readInt(address);
  }

  @Override
  public void writeI32(int address, int value) {
    this.memory.writeI32(address, value);
  }

  @Override
  public long readLong(int address) {
    return this.memory.readLong(address);
  }

  @Override
  public void writeLong(int address, long value) {
    this.memory.writeLong(address, value);
  }

  @Override
  public float readFloat(int address) {
    return this.memory.readFloat(address);
  }

  @Override
  public long readF32(int address) {
    return this.memory.readF32(address);
  }

  @Override
  public void writeF32(int address, float value) {
    this.memory.writeF32(address, value);
  }

  @Override
  public double readDouble(int address) {
    return this.memory.readDouble(address);
  }

  @Override
  public long readF64(int address) {
    return this.memory.readF64(address);
  }

  @Override
  public void writeF64(int address, double value) {
    this.memory.writeF64(address, value);
  }
}
