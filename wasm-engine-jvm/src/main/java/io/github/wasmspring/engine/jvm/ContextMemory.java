package io.github.wasmspring.engine.jvm;

import io.github.wasmspring.WasmMemory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Objects;

/** The memory of an instance as the host sees it. */
record ContextMemory(GuestContext context) implements WasmMemory {

  private byte[] bytes() {
    return this.context.memory;
  }

  @Override
  public int size() {
    return bytes().length;
  }

  @Override
  public byte readByte(int address) {
    return bytes()[address];
  }

  @Override
  public int readInt(int address) {
    return (int) MemoryInstructions.INT.get(bytes(), address);
  }

  @Override
  public long readLong(int address) {
    return (long) MemoryInstructions.LONG.get(bytes(), address);
  }

  @Override
  public void writeByte(int address, byte value) {
    bytes()[address] = value;
  }

  @Override
  public void writeInt(int address, int value) {
    MemoryInstructions.INT.set(bytes(), address, value);
  }

  @Override
  public void writeLong(int address, long value) {
    MemoryInstructions.LONG.set(bytes(), address, value);
  }

  @Override
  public void read(int address, byte[] target, int offset, int length) {
    Objects.checkFromIndexSize(address, length, size());
    System.arraycopy(bytes(), address, target, offset, length);
  }

  @Override
  public void write(int address, byte[] source, int offset, int length) {
    Objects.checkFromIndexSize(address, length, size());
    System.arraycopy(source, offset, bytes(), address, length);
  }

  @Override
  public ByteBuffer window(int address, int length) {
    Objects.checkFromIndexSize(address, length, size());
    return ByteBuffer.wrap(bytes(), address, length).slice().order(ByteOrder.LITTLE_ENDIAN);
  }
}
