package io.github.wasmspring.internal.wasi;

import io.github.wasmspring.WasmMemory;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The memory of a guest by unsigned addresses. Whatever is not inside throws {@link
 * IndexOutOfBoundsException}, which guests get as {@code FAULT}.
 */
final class GuestMemory {

  private static final int MAX_PATH = 4096;

  /** As {@code IOV_MAX} of Linux. */
  private static final int MAX_BUFFERS = 1024;

  private final @Nullable WasmMemory given;

  GuestMemory(@Nullable WasmMemory memory) {
    this.given = memory;
  }

  private WasmMemory memory() {
    if (this.given == null) {
      throw new IndexOutOfBoundsException("the module has no memory");
    }
    return this.given;
  }

  private static int address(long unsigned) {
    if (unsigned < 0 || unsigned > Integer.MAX_VALUE) {
      throw new IndexOutOfBoundsException("no memory at " + Long.toUnsignedString(unsigned));
    }
    return (int) unsigned;
  }

  byte readByte(long address) {
    return memory().readByte(address(address));
  }

  int readShort(long address) {
    return readByte(address) & 0xff | (readByte(address + 1) & 0xff) << 8;
  }

  long readU32(long address) {
    return memory().readInt(address(address)) & 0xffffffffL;
  }

  long readLong(long address) {
    return memory().readLong(address(address));
  }

  void writeByte(long address, int value) {
    memory().writeByte(address(address), (byte) value);
  }

  void writeShort(long address, int value) {
    writeByte(address, value);
    writeByte(address + 1, value >>> 8);
  }

  void writeInt(long address, int value) {
    memory().writeInt(address(address), value);
  }

  void writeLong(long address, long value) {
    memory().writeLong(address(address), value);
  }

  void write(long address, byte[] bytes, int length) {
    memory().write(address(address), bytes, 0, length);
  }

  void write(long address, byte[] bytes) {
    write(address, bytes, bytes.length);
  }

  void clear(long address, int length) {
    write(address, new byte[length]);
  }

  ByteBuffer window(long address, long length) {
    return memory().window(address(address), address(length));
  }

  /** The buffers of a list of addresses and lengths, all of them checked. */
  List<ByteBuffer> windows(long address, long count) throws WasiError {
    if (count > MAX_BUFFERS) {
      throw new WasiError(Errno.INVAL);
    }
    List<ByteBuffer> windows = new ArrayList<>();
    long length = 0;
    for (long entry = address; entry < address + 8 * count; entry += 8) {
      ByteBuffer window = window(readU32(entry), readU32(entry + 4));
      length += window.remaining();
      windows.add(window);
    }
    if (length > Integer.MAX_VALUE) {
      throw new WasiError(Errno.INVAL);
    }
    return windows;
  }

  String readPath(long address, long length) throws WasiError {
    ByteBuffer bytes = window(address, length);
    if (length > MAX_PATH) {
      throw new WasiError(Errno.NAMETOOLONG);
    }
    try {
      CharBuffer path = StandardCharsets.UTF_8.newDecoder().decode(bytes);
      return path.toString();
    } catch (CharacterCodingException broken) {
      throw new WasiError(Errno.ILSEQ);
    }
  }
}
