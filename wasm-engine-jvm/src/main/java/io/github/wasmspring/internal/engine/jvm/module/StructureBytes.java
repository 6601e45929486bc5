package io.github.wasmspring.internal.engine.jvm.module;

import io.github.wasmspring.binary.ModuleFacts;

/**
 * What an instance takes beside the bytes of its memory and the elements of its tables. Figures for
 * a JVM with compressed references.
 */
public final class StructureBytes {

  /** What every instance has, and no module is charged for. */
  private static final long FREE = 16L << 10;

  /** An array, and how long it may get. */
  public static final int TABLE = 32;

  /** Two objects. */
  private static final int MEMORY = 72;

  public static final int GLOBAL = 8;
  public static final int REFERENCE = 4;

  private StructureBytes() {}

  /** In bytes. */
  public static long bytes(ModuleFacts facts) {
    long references =
        (long) facts.exports().size() + facts.dataSegmentCount() + facts.elementSegmentCount();
    return beyondFree(
        (long) facts.tables().size() * TABLE
            + (long) facts.memories().size() * MEMORY
            + (long) facts.globals().size() * GLOBAL
            + references * REFERENCE);
  }

  /** The same for what an instance is brought back to its beginnings with. */
  public static long beyondFree(long bytes) {
    return Math.max(0, bytes - FREE);
  }
}
