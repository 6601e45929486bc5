package io.github.wasmspring.engine.chicory;

import io.github.wasmspring.engine.MemoryCharge;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is not zero in a memory, to bring it, or another one, to that. Nothing changes it. */
final class MemoryImage {

  private static final int BLOCK = 4096;

  private record Region(int offset, byte[] bytes) {}

  private final int pages;
  private final List<Region> regions = new ArrayList<>();

  private MemoryImage(ResettableMemory memory) {
    this.pages = memory.pages();
    forEachUsed(
        memory,
        (start, end) -> this.regions.add(new Region(start, memory.readBytes(start, end - start))));
  }

  private interface Range {
    void accept(int start, int end);
  }

  private static void forEachUsed(ResettableMemory memory, Range range) {
    int start = -1;
    for (int offset = 0; offset <= memory.size(); offset += BLOCK) {
      BulkWork.stopIfInterruptedInStep(offset / BLOCK);
      boolean used = offset < memory.size() && !memory.isZero(offset, BLOCK);
      if (used && start < 0) {
        start = offset;
      } else if (!used && start >= 0) {
        range.accept(start, offset);
        start = -1;
      }
    }
  }

  /** {@code null} if nobody pays for what it takes. */
  static @Nullable MemoryImage of(ResettableMemory memory, MemoryCharge charge) {
    long[] total = {0};
    forEachUsed(memory, (start, end) -> total[0] += end - start);
    return charge.add(total[0]) ? new MemoryImage(memory) : null;
  }

  int pages() {
    return this.pages;
  }

  /** In bytes. */
  long size() {
    return this.regions.stream().mapToLong(region -> region.bytes().length).sum();
  }

  void restore(ResettableMemory memory) {
    memory.clear(this.pages);
    for (Region region : this.regions) {
      memory.restore(region.offset(), region.bytes());
    }
  }
}
