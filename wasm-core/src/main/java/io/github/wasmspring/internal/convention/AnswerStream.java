package io.github.wasmspring.internal.convention;

import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.WasmExecutionException;
import io.github.wasmspring.WasmMemory;
import java.io.InputStream;

/** Bytes of a guest's memory, until the thread that reads them is interrupted. */
final class AnswerStream extends InputStream {

  private static final int MOST_AT_ONCE = 16 << 10;

  private final WasmMemory memory;
  private int position;
  private int left;

  AnswerStream(WasmMemory memory, int address, int length) {
    this.memory = memory;
    this.position = address;
    this.left = length;
  }

  @Override
  public int read() {
    byte[] single = new byte[1];
    return read(single, 0, 1) < 0 ? -1 : single[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) {
    requireTime();
    if (this.left == 0) {
      return -1;
    }
    int count = Math.min(Math.min(length, this.left), MOST_AT_ONCE);
    this.memory.read(this.position, target, offset, count);
    this.position += count;
    this.left -= count;
    return count;
  }

  /** Who interrupts, because of the deadline for instance, waits for the call to end. */
  static void requireTime() {
    if (Thread.currentThread().isInterrupted()) {
      throw new WasmExecutionException(
          WasmErrorCategory.INTERRUPTED,
          "the calling thread was interrupted while the values of the call were converted",
          null);
    }
  }
}
