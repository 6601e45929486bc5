package io.github.wasmspring.observe;

import io.github.wasmspring.WasmSeverity;
import io.github.wasmspring.internal.Documentation;
import java.util.stream.Stream;

/** Memory that runs out soon. */
final class MemoryRules {

  private static final double NEARLY = 0.9;
  private static final String DOCUMENTATION = Documentation.page("memory.md#figures");

  private MemoryRules() {}

  static Stream<WasmFinding> memoryNearlyFull(ModuleStats module) {
    long highWater = module.status().pool().memory().highWater();
    long limit = module.settings().limits().memory();
    if (highWater < NEARLY * limit) {
      return Stream.empty();
    }
    return Stream.of(
        new WasmFinding(
            "memory-nearly-full",
            WasmSeverity.WARNING,
            module.id(),
            "an instance has had %s of the %s that it may have"
                .formatted(Sizes.text(highWater), Sizes.text(limit)),
            "Beyond the limit memory.grow fails in the guest, and most guests then trap.",
            "%s=%s".formatted(module.property("limits.memory"), Sizes.property(2 * limit)),
            DOCUMENTATION));
  }

  /**
   * @param used bytes of the memory budget that are used
   * @param limit bytes of the memory budget
   */
  static Stream<WasmFinding> budgetNearlyFull(long used, long limit) {
    if (used < NEARLY * limit) {
      return Stream.empty();
    }
    return Stream.of(
        new WasmFinding(
            "budget-nearly-full",
            WasmSeverity.ERROR,
            null,
            "all instances together have %s of %s".formatted(Sizes.text(used), Sizes.text(limit)),
            "New instances wait for room and are then refused (BUDGET).",
            "wasm.memory.budget=%s with a heap (-Xmx) of twice that, or a smaller pool.max of the modules that have most"
                .formatted(Sizes.property(2 * limit)),
            DOCUMENTATION));
  }
}
