package io.github.wasmspring.engine;

import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.WasmLoadException;
import io.github.wasmspring.binary.ExternalType;
import io.github.wasmspring.binary.ModuleFacts;
import io.github.wasmspring.module.WasmModuleSettings.Limits;
import java.util.List;

/** Holds what an instance starts with against what it may have. */
public final class StartingSize {

  private StartingSize() {}

  /**
   * @throws WasmLoadException {@code MEMORY_LIMIT} if the memories or tables of the module start
   *     with more than {@code limits} allow
   */
  public static void check(ModuleFacts module, Limits limits) {
    check(module.memories(), module.tables(), limits);
  }

  /**
   * The same for some of the memories and tables of a module.
   *
   * @throws WasmLoadException {@code MEMORY_LIMIT} if they start with more than {@code limits}
   *     allow
   */
  public static void check(
      List<ExternalType.Memory> memories, List<ExternalType.Table> tables, Limits limits) {
    check(memory(memories), elements(tables), limits);
  }

  /**
   * @param memory the bytes of all memories
   * @param elements those of all tables
   */
  public static void check(long memory, long elements, Limits limits) {
    if (memory > limits.memory()) {
      throw tooMuch(
          "the module starts with %s of memory, but may have only %d; raise the memory limit of the module (limits.memory) or build it with less"
              .formatted(amount(memory, "bytes"), limits.memory()));
    }
    if (elements > limits.tableElements()) {
      throw tooMuch(
          "the module starts with %s, but may have only %d; raise limits.table-elements or build it with less"
              .formatted(amount(elements, "table elements"), limits.tableElements()));
    }
  }

  private static String amount(long number, String unit) {
    return number == Long.MAX_VALUE
        ? "more %s than can be counted".formatted(unit)
        : number + " " + unit;
  }

  private static long memory(List<ExternalType.Memory> memories) {
    long sum = 0;
    for (ExternalType.Memory memory : memories) {
      sum = plus(sum, memory.size().minimum(), memory.pageSizeLog2());
    }
    return sum;
  }

  private static long elements(List<ExternalType.Table> tables) {
    long sum = 0;
    for (ExternalType.Table table : tables) {
      sum = plus(sum, table.size().minimum(), 0);
    }
    return sum;
  }

  /**
   * @param amount unsigned, in units of so many bits
   */
  private static long plus(long sum, long amount, int bits) {
    boolean fits = amount >= 0 && bits < Long.SIZE && amount <= (Long.MAX_VALUE - sum) >> bits;
    return fits ? sum + (amount << bits) : Long.MAX_VALUE;
  }

  private static WasmLoadException tooMuch(String message) {
    return new WasmLoadException(WasmErrorCategory.MEMORY_LIMIT, message, null);
  }
}
