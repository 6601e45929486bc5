package io.github.wasmspring.verification.engines;

import io.github.wasmspring.binary.ByteWriter;
import io.github.wasmspring.binary.WasmFeature;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A memory of a random module.
 *
 * @param minimum how many pages it has at first
 * @param maximum how many it can have
 * @param isShared between threads, of which there is only one
 */
record PlannedMemory(int minimum, int maximum, boolean is64, boolean isShared) {

  private static final int MOST_PAGES = 4;

  /** Enough to grow many times. */
  private static final int ROOM = 20;

  private static final int PAGE = 65_536;
  private static final int HAS_MAXIMUM = 1;
  private static final int SHARED = 2;
  private static final int WIDE = 4;

  /** One, or more if there may be several. */
  static List<PlannedMemory> some(Dice dice, Set<WasmFeature> features) {
    boolean several = features.contains(WasmFeature.MULTI_MEMORY);
    List<PlannedMemory> memories = new ArrayList<>();
    for (int i = several ? 2 + dice.below(2) : 1; i > 0; i--) {
      int minimum = dice.below(3) == 0 ? dice.below(3) : 1;
      memories.add(
          new PlannedMemory(
              minimum,
              minimum + dice.below((dice.oneIn(4) ? ROOM : MOST_PAGES) - minimum + 1),
              features.contains(WasmFeature.MEMORY64) && (!several || dice.oneIn(2)),
              features.contains(WasmFeature.THREADS) && dice.oneIn(2)));
    }
    return memories;
  }

  /** The type of its addresses and sizes. */
  GuestType address() {
    return this.is64 ? GuestType.I64 : GuestType.I32;
  }

  int bytes() {
    return this.minimum * PAGE;
  }

  void write(ByteWriter out) {
    out.octet(HAS_MAXIMUM | (this.isShared ? SHARED : 0) | (this.is64 ? WIDE : 0));
    out.unsigned(this.minimum).unsigned(this.maximum);
  }
}
