package io.github.wasmspring.internal.engine.jvm.instance;

import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.WasmLoadException;
import io.github.wasmspring.binary.ExternalType;
import io.github.wasmspring.engine.StartingSize;
import io.github.wasmspring.internal.engine.jvm.module.OwnStorage;
import io.github.wasmspring.internal.engine.jvm.run.LinearMemory;
import io.github.wasmspring.module.WasmModuleSettings.Limits;

/** What memories and tables can be, which are arrays. */
public final class StorageLimits {

  /** What JVMs have room for in an array. */
  private static final int ELEMENTS = Integer.MAX_VALUE - 8;

  private StorageLimits() {}

  /**
   * @throws WasmLoadException {@code MEMORY_LIMIT} if instances start with more than there can be,
   *     or than {@code limits} allow
   */
  public static void check(OwnStorage storage, Limits limits) {
    StartingSize.check(storage.memories(), storage.tables(), limits);
    for (ExternalType.Memory memory : storage.memories()) {
      long pages = LinearMemory.MOST_BYTES >> memory.pageSizeLog2();
      refuseAbove(pages, memory.size().minimum(), "a memory", "pages", "limits.memory");
    }
    for (ExternalType.Table table : storage.tables()) {
      refuseAbove(ELEMENTS, table.size().minimum(), "a table", "elements", "limits.table-elements");
    }
  }

  private static void refuseAbove(
      long most, long minimum, String what, String unit, String property) {
    if (Long.compareUnsigned(minimum, most) > 0) {
      throw new WasmLoadException(
          WasmErrorCategory.MEMORY_LIMIT,
          "the module starts with %s of %s %s, and the engine %s has at most %d for one, whatever %s says; build it with less"
              .formatted(
                  what, Long.toUnsignedString(minimum), unit, JvmCode.ENGINE, most, property),
          null);
    }
  }
}
