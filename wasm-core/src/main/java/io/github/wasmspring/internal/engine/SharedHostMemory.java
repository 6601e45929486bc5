package io.github.wasmspring.internal.engine;

import io.github.wasmspring.WasmMemory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** A shared memory as the host sees it. */
public final class SharedHostMemory implements WasmMemory {

  private final SharedBytes bytes;

  public SharedHostMemory(SharedBytes bytes) {
    this.bytes = bytes;
  }

  @Override
  public int size() {
    return this.bytes.used().capacity();
  }

  @Override
  public byte readByte(int address) {
    return checked(address, 1).get(address);
  }

  @Override
  public int readInt(int address) {
    return checked(address, 4).getInt(address);
  }

  @Override
  public long readLong(int address) {
    return checked(address, 8).getLong(address);
  }

  @Override
  public void writeByte(int address, byte value) {
    checked(address, 1).put(address, value);
  }

  @Override
  public void writeInt(int address, int value) {
    checked(address, 4).putInt(address, value);
  }

  @Override
  public void writeLong(int address, long value) {
    checked(address, 8).putLong(address, value);
  }

  @Override
  public void read(int address, byte[] target, int offset, int length) {
    checked(address, length).get(address, target, offset, length);
  }

  @Override
  public void write(int address, byte[] source, int offset, int length) {
    checked(address, length).put(address, source, offset, length);
  }

  @Override
  public ByteBuffer window(int address, int length) {
    return checked(address, length).slice(address, length).order(ByteOrder.LITTLE_ENDIAN);
  }

  private ByteBuffer checked(int address, int length) {
    ByteBuffer used = this.bytes.used();
    if (address < 0 || length < 0 || address > used.capacity() - length) {
      throw new IndexOutOfBoundsException(
          "%d bytes at %d do not fit a memory of %d bytes"
              .formatted(length, Integer.toUnsignedLong(address), used.capacity()));
    }
    return used;
  }
}
