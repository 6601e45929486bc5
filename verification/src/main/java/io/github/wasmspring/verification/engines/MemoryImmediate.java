package io.github.wasmspring.verification.engines;

import io.github.wasmspring.binary.ByteWriter;

/**
 * What stands behind an instruction that accesses a memory.
 *
 * @param alignment as the binary logarithm
 * @param offset unsigned
 */
record MemoryImmediate(int memory, int alignment, long offset) {

  private static final int HAS_MEMORY = 0x40;

  void write(ByteWriter out) {
    if (this.memory > 0) {
      out.unsigned(this.alignment | HAS_MEMORY).unsigned(this.memory);
    } else {
      out.unsigned(this.alignment);
    }
    long rest = this.offset;
    while ((rest & ~0x7fL) != 0) {
      out.octet((int) (rest & 0x7f) | 0x80);
      rest >>>= 7;
    }
    out.octet((int) rest);
  }
}
