package io.github.wasmspring.internal.engine.jvm.instance;

import io.github.wasmspring.internal.engine.jvm.module.InitialData;
import io.github.wasmspring.internal.engine.jvm.run.LinearMemory;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;

/**
 * Where a memory is not what it began with, as runs of bytes: the size, then an address, a length
 * and the bytes of each run, and -1.
 */
final class MemoryDifference {

  /** Bytes that are compared at a time within a block. */
  private static final int GRAIN = 64;

  private static final int END = -1;

  private MemoryDifference() {}

  static void write(
      LinearMemory memory,
      InitialData.Piecewise initial,
      MemoryChanges.Piecewise changes,
      DataOutputStream out)
      throws IOException {
    int size = memory.size();
    out.writeInt(size);
    byte[] before = new byte[MemoryChanges.BLOCK];
    byte[] now = new byte[MemoryChanges.BLOCK];
    for (int address = 0; address < size; address += MemoryChanges.BLOCK) {
      int length = Math.min(MemoryChanges.BLOCK, size - address);
      initial.read(address, before);
      changes.read(address, before);
      memory.read(address, now, 0, length);
      if (!Arrays.equals(now, 0, length, before, 0, length)) {
        writeRuns(address, now, before, length, out);
      }
    }
    out.writeInt(END);
  }

  private static void writeRuns(
      int address, byte[] now, byte[] before, int length, DataOutputStream out) throws IOException {
    int at = 0;
    while (at < length) {
      int end = at;
      while (end < length && isOther(now, before, end, length)) {
        end = Math.min(length, end + GRAIN);
      }
      if (end > at) {
        out.writeInt(address + at);
        out.writeInt(end - at);
        out.write(now, at, end - at);
      }
      at = end + GRAIN;
    }
  }

  private static boolean isOther(byte[] now, byte[] before, int at, int length) {
    int end = Math.min(length, at + GRAIN);
    return !Arrays.equals(now, at, end, before, at, end);
  }

  /**
   * @param memory whatever is in it
   * @return {@code false} if there is no room for it
   */
  static boolean read(
      LinearMemory memory, InitialData initial, MemoryChanges changes, DataInputStream in)
      throws IOException {
    int size = in.readInt();
    if (size > memory.size() && !memory.lengthen(size)) {
      return false;
    }
    memory.clear(size);
    initial.writeTo(memory);
    changes.writeTo(memory);
    for (int address = in.readInt(); address != END; address = in.readInt()) {
      byte[] run = new byte[in.readInt()];
      in.readFully(run);
      memory.write(address, run, 0, run.length);
    }
    return true;
  }
}
