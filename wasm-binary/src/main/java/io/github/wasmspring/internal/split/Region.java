package io.github.wasmspring.internal.split;

import java.util.BitSet;
import java.util.List;

/**
 * Statements of a block that may become a function of their own.
 *
 * @param start the first instruction
 * @param end behind the last instruction
 * @param exits the branches out of it, each target once
 * @param falls whether it also comes to its end
 * @param inputs the locals it takes
 * @param outputs the locals it changes that are read after it
 * @param saving about how many bytes of JVM bytecode the function gets smaller by
 */
record Region(
    int start,
    int end,
    List<Exit> exits,
    boolean falls,
    BitSet inputs,
    BitSet outputs,
    int saving) {

  /** Whether the caller has to be told how it ended. */
  boolean isCoded() {
    return this.exits.size() + (this.falls ? 1 : 0) > 1;
  }

  /** What {@link #isCoded()} tells of an exit; 0 is also coming to the end. */
  int code(int exit) {
    return exit + (this.falls ? 1 : 0);
  }
}
