package io.github.wasmspring.engine.jvm;

import io.github.wasmspring.binary.ModuleFacts;

/**
 * What an instance takes beside the bytes of its memory and the elements of its tables. Figures for
 * a JVM with compressed references.
 */
final class StructureBytes {

  /** What every instance has, and no module is charged for. */
  private static final long FREE = 16L << 10;

  /** An array, and how long it may get. */
  static final int TABLE = 32;

  /** Two objects. */
  private static final int MEMORY = 72;

  static final int GLOBAL = 8;
  static final int REFERENCE = 4;

  private StructureBytes() {}

  /** In bytes. */
  static long bytes(ModuleFacts facts) {
    long references =
        (long) facts.exports().size() + facts.dataSegmentCount() + facts.elementSegmentCount();
    return beyondFree(
        (long) facts.tables().size() * TABLE
            + (long) facts.memories().size() * MEMORY
            + (long) facts.globals().size() * GLOBAL
            + references * REFERENCE);
  }

  /** The same for what an instance is brought back to its beginnings with. */
  static long beyondFree(long bytes) {
    return Math.max(0, bytes - FREE);
  }
}
