package io.github.wasmspring.engine.chicory;

import com.dylibso.chicory.wasm.WasmModule;

/**
 * What an instance takes beside the bytes of its memories and the elements of its tables, about: an
 * object for each of what a module declares. Estimates for a JVM with compressed references.
 */
final class InstanceStructure {

  /** What every instance has, and no module is charged for. */
  private static final long FREE = 16 << 10;

  private static final int MEMORY = 192;
  private static final int TABLE = 192;
  private static final int GLOBAL = 64;
  private static final int TAG = 48;

  /** With its name in the tables of Chicory, and what it is called by. */
  private static final int EXPORT = 96;

  private static final int IMPORT = 128;

  /** In arrays that each instance has of its own. */
  private static final int FUNCTION = 12;

  private static final int REFERENCE = 8;

  private InstanceStructure() {}

  /** In bytes. */
  static long bytes(WasmModule module) {
    long memories = module.memorySection().map(section -> section.memoryCount()).orElse(0);
    long tags = module.tagSection().map(section -> section.tagCount()).orElse(0);
    return beyondFree(
        memories * MEMORY
            + (long) module.tableSection().tableCount() * TABLE
            + (long) module.globalSection().globalCount() * GLOBAL
            + tags * TAG
            + (long) module.exportSection().exportCount() * EXPORT
            + (long) module.importSection().importCount() * IMPORT
            + (long) module.functionSection().functionCount() * FUNCTION
            + (long) module.typeSection().subTypeCount() * REFERENCE
            + (long) module.elementSection().elementCount() * REFERENCE);
  }

  /** The same for what an instance is brought back to its beginnings with. */
  static long beyondFree(long bytes) {
    return Math.max(0, bytes - FREE);
  }
}
