package io.github.wasmspring.engine.chicory;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

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
    int start = -1;
    for (int offset = 0; offset <= memory.size(); offset += BLOCK) {
      boolean used = offset < memory.size() && !isZero(bytes, offset);
      if (used && start < 0) {
        start = offset;
      } else if (!used && start >= 0) {
        this.regions.add(new Region(start, Arrays.copyOfRange(bytes, start, offset)));
        start = -1;
      }
    }
  }

  private static boolean isZero(byte[] bytes, int offset) {
    return Arrays.equals(bytes, offset, offset + BLOCK, ZEROS, 0, BLOCK);
  }

  static MemoryImage of(ContiguousMemory memory) {
    return new MemoryImage(memory);
  }

  void restore() {
    this.memory.clear(this.pages);
    byte[] bytes = this.memory.array();
    for (Region region : this.regions) {
      System.arraycopy(region.bytes(), 0, bytes, region.offset(), region.bytes().length);
    }
  }
}
