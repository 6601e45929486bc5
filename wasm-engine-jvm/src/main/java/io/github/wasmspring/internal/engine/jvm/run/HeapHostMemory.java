package io.github.wasmspring.internal.engine.jvm.run;

import io.github.wasmspring.WasmMemory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** A memory in the heap as the host sees it. */
record HeapHostMemory(HeapLinearMemory memory) implements WasmMemory {

  private byte[] bytes() {
    return this.memory.bytes;
  }

  /** The array may be longer than the memory. */
  private byte[] checked(int address, int length) {
    Objects.checkFromIndexSize(address, length, size());
    return bytes();
  }

  @Override
  public int size() {
    return this.memory.size;
  }

  @Override
  public byte readByte(int address) {
    return checked(address, 1)[address];
  }

  @Override
  public int readInt(int address) {
    return (int) MemoryAccesses.INT.get(checked(address, 4), address);
  }

  @Override
  public long readLong(int address) {
    return (long) MemoryAccesses.LONG.get(checked(address, 8), address);
  }

  @Override
  public void writeByte(int address, byte value) {
    checked(address, 1)[address] = value;
  }

  @Override
  public void writeInt(int address, int value) {
    MemoryAccesses.INT.set(checked(address, 4), address, value);
  }

  @Override
  public void writeLong(int address, long value) {
    MemoryAccesses.LONG.set(checked(address, 8), address, value);
  }

  @Override
  public void read(int address, byte[] target, int offset, int length) {
    System.arraycopy(checked(address, length), address, target, offset, length);
  }

  @Override
  public void write(int address, byte[] source, int offset, int length) {
    System.arraycopy(source, offset, checked(address, length), address, length);
  }

  /** Without a copy of the bytes in between. */
  @Override
  public String readString(int address, int length) {
    return new String(checked(address, length), address, length, StandardCharsets.UTF_8);
  }

  @Override
  public ByteBuffer window(int address, int length) {
    return ByteBuffer.wrap(checked(address, length), address, length)
        .slice()
        .order(ByteOrder.LITTLE_ENDIAN);
  }
}
