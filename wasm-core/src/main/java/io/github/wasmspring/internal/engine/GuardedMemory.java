package io.github.wasmspring.internal.engine;

import io.github.wasmspring.WasmMemory;
import java.nio.ByteBuffer;

/**
 * The memory of an instance for somebody who has it for a while only: every access asks first.
 *
 * @param requireOpen throws when the time is over
 */
public record GuardedMemory(WasmMemory memory, Runnable requireOpen) implements WasmMemory {

  private WasmMemory open() {
    this.requireOpen.run();
    return this.memory;
  }

  @Override
  public int size() {
    return open().size();
  }

  @Override
  public byte readByte(int address) {
    return open().readByte(address);
  }

  @Override
  public int readInt(int address) {
    return open().readInt(address);
  }

  @Override
  public long readLong(int address) {
    return open().readLong(address);
  }

  @Override
  public void writeByte(int address, byte value) {
    open().writeByte(address, value);
  }

  @Override
  public void writeInt(int address, int value) {
    open().writeInt(address, value);
  }

  @Override
  public void writeLong(int address, long value) {
    open().writeLong(address, value);
  }

  @Override
  public void read(int address, byte[] target, int offset, int length) {
    open().read(address, target, offset, length);
  }

  @Override
  public void write(int address, byte[] source, int offset, int length) {
    open().write(address, source, offset, length);
  }

  @Override
  public String readString(int address, int length) {
    return open().readString(address, length);
  }

  @Override
  public ByteBuffer window(int address, int length) {
    return open().window(address, length);
  }
}
