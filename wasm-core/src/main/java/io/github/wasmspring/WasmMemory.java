package io.github.wasmspring;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * The linear memory of an instance, as the host sees it. Addresses and lengths are in bytes; an
 * access that is not entirely inside the memory throws {@link IndexOutOfBoundsException} and
 * changes nothing.
 */
public interface WasmMemory {

  /** The present size in bytes, a multiple of 64 KiB. */
  int size();

  byte readByte(int address);

  int readInt(int address);

  long readLong(int address);

  void writeByte(int address, byte value);

  void writeInt(int address, int value);

  void writeLong(int address, long value);

  void read(int address, byte[] target, int offset, int length);

  void write(int address, byte[] source, int offset, int length);

  /**
   * A little-endian window that must be used before the guest runs again or whoever gave this
   * memory takes it back: it is a view, and nothing can stop it from showing what comes after.
   */
  ByteBuffer window(int address, int length);

  default byte[] read(int address, int length) {
    if (length < 0 || length > size()) {
      throw new IndexOutOfBoundsException(
          "%d bytes at %d do not fit a memory of %d bytes".formatted(length, address, size()));
    }
    byte[] target = new byte[length];
    read(address, target, 0, length);
    return target;
  }

  default void write(int address, byte[] source) {
    write(address, source, 0, source.length);
  }

  /** Text in UTF-8; what is not UTF-8 in it becomes U+FFFD. */
  default String readString(int address, int length) {
    return new String(read(address, length), StandardCharsets.UTF_8);
  }
}
