package io.github.wasmspring.engine.chicory;

import io.github.wasmspring.WasmMemory;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** A contiguous memory as the host sees it. */
final class HostMemory implements WasmMemory {

  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private final ContiguousMemory memory;

  HostMemory(ContiguousMemory memory) {
    this.memory = memory;
  }

  @Override
  public int size() {
    return this.memory.size();
  }

  @Override
  public byte readByte(int address) {
    check(address, 1);
    return this.memory.array()[address];
  }

  @Override
  public int readInt(int address) {
    check(address, 4);
    return (int) INT.get(this.memory.array(), address);
  }

  @Override
  public long readLong(int address) {
    check(address, 8);
    return (long) LONG.get(this.memory.array(), address);
  }

  @Override
  public void writeByte(int address, byte value) {
    check(address, 1);
    this.memory.array()[address] = value;
  }

  @Override
  public void writeInt(int address, int value) {
    check(address, 4);
    INT.set(this.memory.array(), address, value);
  }

  @Override
  public void writeLong(int address, long value) {
    check(address, 8);
    LONG.set(this.memory.array(), address, value);
  }

  @Override
  public void read(int address, byte[] target, int offset, int length) {
    check(address, length);
    System.arraycopy(this.memory.array(), address, target, offset, length);
  }

  @Override
  public void write(int address, byte[] source, int offset, int length) {
    check(address, length);
    System.arraycopy(source, offset, this.memory.array(), address, length);
  }

  @Override
  public String readString(int address, int length) {
    check(address, length);
    return new String(this.memory.array(), address, length, StandardCharsets.UTF_8);
  }

  @Override
  public ByteBuffer window(int address, int length) {
    check(address, length);
    return ByteBuffer.wrap(this.memory.array(), address, length)
        .slice()
        .order(ByteOrder.LITTLE_ENDIAN);
  }

  private void check(int address, int length) {
    if (!this.memory.contains(address, length)) {
      throw new IndexOutOfBoundsException(
          "%d bytes at %d do not fit a memory of %d bytes"
              .formatted(length, Integer.toUnsignedLong(address), size()));
    }
  }
}
