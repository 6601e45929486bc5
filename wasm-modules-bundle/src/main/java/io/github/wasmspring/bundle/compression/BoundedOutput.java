package io.github.wasmspring.bundle.compression;

import io.github.wasmspring.WasmOperationException;
import java.util.Arrays;

/** Bytes that grow as long as there is a need, up to a limit. */
final class BoundedOutput {

  private static final int LEAST_ROOM = 1024;

  private final int limit;
  private byte[] bytes;
  private int size;

  BoundedOutput(int limit) {
    this.limit = limit;
    this.bytes = new byte[Math.min(limit, LEAST_ROOM)];
  }

  int size() {
    return this.size;
  }

  int left() {
    return this.limit - this.size;
  }

  /**
   * @throws WasmOperationException {@code compression.limit} if they do not fit
   */
  void write(byte[] source, int from, int length) {
    int at = reserve(length);
    System.arraycopy(source, from, this.bytes, at, length);
  }

  /**
   * Adds {@code length} bytes whose content is up to the caller.
   *
   * @return where they begin in {@link #bytes()}
   * @throws WasmOperationException {@code compression.limit} if they do not fit
   */
  int reserve(int length) {
    if (length > left()) {
      throw Faults.limit();
    }
    int at = this.size;
    this.size += length;
    if (this.size > this.bytes.length) {
      long room = Math.max(this.size, 2L * this.bytes.length);
      this.bytes = Arrays.copyOf(this.bytes, (int) Math.min(this.limit, room));
    }
    return at;
  }

  byte[] bytes() {
    return this.bytes;
  }

  byte[] toByteArray() {
    return Arrays.copyOf(this.bytes, this.size);
  }
}
