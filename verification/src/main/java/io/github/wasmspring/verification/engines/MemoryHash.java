package io.github.wasmspring.verification.engines;

import io.github.wasmspring.binary.ByteWriter;

/** The code of a function that makes a number of all bytes of a memory that the host can't see. */
final class MemoryHash {

  private static final long PRIME = 1_099_511_628_211L;
  private static final int HASH = 0;
  private static final int ADDRESS = 1;

  private MemoryHash() {}

  static ByteWriter of(int index, PlannedMemory memory) {
    boolean wide = memory.is64();
    ByteWriter out = new ByteWriter().octet(0x02).octet(0x40).octet(0x03).octet(0x40);
    // At the end?
    out.octet(0x20).unsigned(ADDRESS);
    out.octet(0x3f).unsigned(index);
    Constants.write(out, memory.address(), 16);
    out.octet(wide ? 0x86 : 0x74).octet(wide ? 0x5a : 0x4f).octet(0x0d).unsigned(1);
    // The next eight bytes.
    out.octet(0x20).unsigned(HASH).octet(0x20).unsigned(ADDRESS).octet(0x29);
    new MemoryImmediate(index, 0, 0).write(out);
    out.octet(0x85);
    Constants.write(out, GuestType.I64, PRIME);
    out.octet(0x7e);
    Constants.write(out, GuestType.I64, 31);
    out.octet(0x89).octet(0x21).unsigned(HASH);
    out.octet(0x20).unsigned(ADDRESS);
    Constants.write(out, memory.address(), 8);
    out.octet(wide ? 0x7c : 0x6a).octet(0x21).unsigned(ADDRESS);
    out.octet(0x0c).unsigned(0).octet(0x0b).octet(0x0b);
    // The hash of zeros is zero, however many there are.
    out.octet(0x20).unsigned(HASH).octet(0x3f).unsigned(index);
    if (!wide) {
      out.octet(0xad);
    }
    return out.octet(0x7c);
  }
}
