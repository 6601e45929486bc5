package io.github.wasmspring.internal.convention;

import io.github.wasmspring.WasmMemory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Bytes of the host that codecs read and write as if they were the memory of a guest. */
record BytesMemory(byte[] bytes) implements WasmMemory {

  private ByteBuffer all() {
    return ByteBuffer.wrap(this.bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  @Override
  public int size() {
    return this.bytes.length;
  }

  @Override
  public byte readByte(int address) {
    return all().get(address);
  }

  @Override
  public int readInt(int address) {
    return all().getInt(address);
  }

  @Override
  public long readLong(int address) {
    return all().getLong(address);
  }

  @Override
  public void writeByte(int address, byte value) {
    all().put(address, value);
  }

  @Override
  public void writeInt(int address, int value) {
    all().putInt(address, value);
  }

  @Override
  public void writeLong(int address, long value) {
    all().putLong(address, value);
  }

  @Override
  public void read(int address, byte[] target, int offset, int length) {
    all().get(address, target, offset, length);
  }

  @Override
  public void write(int address, byte[] source, int offset, int length) {
    all().put(address, source, offset, length);
  }

  @Override
  public ByteBuffer window(int address, int length) {
    return all().slice(address, length).order(ByteOrder.LITTLE_ENDIAN);
  }
}
