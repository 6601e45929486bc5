package io.github.wasmspring.engine.chicory;

import io.github.wasmspring.engine.MemoryCharge;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is not zero in a memory, to bring the memory back to it. */
final class MemoryImage {

  private static final int BLOCK = 4096;
  private static final byte[] ZEROS = new byte[BLOCK];

  private record Region(int offset, byte[] bytes) {}

  private final ContiguousMemory memory;
  private final int pages;
  private final List<Region> regions = new ArrayList<>();

  private MemoryImage(ContiguousMemory memory) {
    this.memory = memory;
    this.pages = memory.pages();
    byte[] bytes = memory.array();
    forEachUsed(
        memory,
        (start, end) -> this.regions.add(new Region(start, Arrays.copyOfRange(bytes, start, end))));
  }

  private interface Range {
    void accept(int start, int end);
  }

  private static void forEachUsed(ContiguousMemory memory, Range range) {
    byte[] bytes = memory.array();
    int start = -1;
    for (int offset = 0; offset <= memory.size(); offset += BLOCK) {
      boolean used = offset < memory.size() && !isZero(bytes, offset);
      if (used && start < 0) {
        start = offset;
      } else if (!used && start >= 0) {
        range.accept(start, offset);
        start = -1;
      }
    }
  }

  private static boolean isZero(byte[] bytes, int offset) {
    return Arrays.equals(bytes, offset, offset + BLOCK, ZEROS, 0, BLOCK);
  }

  /** {@code null} if nobody pays for what it takes. */
  static @Nullable MemoryImage of(ContiguousMemory memory, MemoryCharge charge) {
    long[] total = {0};
    forEachUsed(memory, (start, end) -> total[0] += end - start);
    return charge.add(total[0]) ? new MemoryImage(memory) : null;
  }

  void restore() {
    this.memory.clear(this.pages);
    byte[] bytes = this.memory.array();
    for (Region region : this.regions) {
      System.arraycopy(region.bytes(), 0, bytes, region.offset(), region.bytes().length);
    }
  }
}
