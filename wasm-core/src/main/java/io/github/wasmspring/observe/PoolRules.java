package io.github.wasmspring.observe;

import io.github.wasmspring.WasmSeverity;
import io.github.wasmspring.internal.Documentation;
import io.github.wasmspring.module.WasmModuleSettings;
import io.github.wasmspring.module.WasmResetPolicy;
import io.github.wasmspring.pool.PoolStats;
import java.util.stream.Stream;

/** Callers that wait, and instances that are made too often. */
final class PoolRules {

  private static final long MANY_INSTANCES = 100;
  private static final int FEW_CALLS_EACH = 10;
  private static final String DOCUMENTATION = Documentation.page("reference.md#settings");

  private PoolRules() {}

  static Stream<WasmFinding> rejectedCallers(ModuleStats module) {
    PoolStats pool = module.status().pool();
    if (pool.rejected() == 0) {
      return Stream.empty();
    }
    return Stream.of(
        new WasmFinding(
            "rejected-callers",
            WasmSeverity.ERROR,
            module.id(),
            "%s got no instance within %s; now %d of %d instances are in use, and %s"
                .formatted(
                    Counts.of(pool.rejected(), "caller", "callers"),
                    Durations.text(module.settings().pool().borrowTimeout()),
                    pool.inUse(),
                    pool.max(),
                    Counts.of(pool.waiting(), "caller waits", "callers wait")),
            "Their calls failed or were answered by Java, after they had waited in vain.",
            "%s=%d, if processors and memory allow as many; else fewer callers at a time"
                .formatted(module.property("pool.max"), 2 * pool.max()),
            DOCUMENTATION));
  }

  /** An instance that serves few calls has cost more than they have. */
  static Stream<WasmFinding> shortLivedInstances(ModuleStats module) {
    PoolStats pool = module.status().pool();
    long calls = module.status().calls().wasm();
    if (pool.created() < MANY_INSTANCES || calls > FEW_CALLS_EACH * pool.created()) {
      return Stream.empty();
    }
    return Stream.of(
        new WasmFinding(
            "short-lived-instances",
            WasmSeverity.WARNING,
            module.id(),
            "%,d instances were made for %,d calls, %,d of them thrown away"
                .formatted(pool.created(), calls, pool.discarded()),
            "Making an instance takes as long as many small calls.",
            remedy(module),
            Documentation.page("memory.md#isolation-and-what-it-costs")));
  }

  private static String remedy(ModuleStats module) {
    WasmModuleSettings.Pool pool = module.settings().pool();
    if (pool.reset() == WasmResetPolicy.FRESH) {
      return "%s=memory, which clears an instance instead of making another"
          .formatted(module.property("pool.reset"));
    }
    if (pool.recycleAfter() > 0 && pool.recycleAfter() <= FEW_CALLS_EACH) {
      return "%s=0, or a much larger number than %d"
          .formatted(module.property("pool.recycle-after"), pool.recycleAfter());
    }
    return "%s=%d keeps instances however long nobody calls; if calls fail, see to the errors first"
        .formatted(module.property("pool.min"), Math.max(1, pool.max() / 2));
  }
}
