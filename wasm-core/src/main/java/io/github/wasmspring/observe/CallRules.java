package io.github.wasmspring.observe;

import io.github.wasmspring.WasmSeverity;
import io.github.wasmspring.client.WasmModuleStatus;
import io.github.wasmspring.internal.Documentation;
import io.github.wasmspring.module.WasmResetPolicy;
import io.github.wasmspring.pool.PoolStats;
import java.time.Duration;
import java.util.stream.Stream;

/** How long calls take, and what of it is not the guest's work. */
final class CallRules {

  private static final long ENOUGH_TO_TELL = 10;
  private static final long MANY_CALLS = 10_000;
  private static final long LARGE_TO_CLEAR = 256 << 10;
  private static final int CLEARLY_FELT = 4;

  /**
   * From docs/memory.md: between 11 and 39 microseconds a megabyte, the more the colder caches are.
   */
  private static final double NANOS_TO_CLEAR_A_KILOBYTE = 20;

  private CallRules() {}

  /** On average half of the time that a call may take: some will take all of it. */
  static Stream<WasmFinding> slowCalls(ModuleStats module) {
    WasmModuleStatus.Calls calls = module.status().calls();
    Duration timeout = module.settings().limits().timeout();
    if (calls.wasm() < ENOUGH_TO_TELL || calls.mean().multipliedBy(2).compareTo(timeout) < 0) {
      return Stream.empty();
    }
    return Stream.of(
        new WasmFinding(
            "slow-calls",
            WasmSeverity.WARNING,
            module.id(),
            "a call takes %s on average, of the %s that the guest may run"
                .formatted(Durations.nanos(calls.mean().toNanos()), Durations.text(timeout)),
            "Larger inputs, or a busier machine, end as TIMEOUT. The average counts waiting for an instance as well.",
            "%s=%s if calls may take that long; if not, a profile (/actuator/wasmprofile) tells which functions take the time"
                .formatted(
                    module.property("limits.timeout"), Durations.text(timeout.multipliedBy(2))),
            Documentation.page("reference.md#profiles")));
  }

  /** Clearing a memory that is far larger than what a call needs of it. */
  static Stream<WasmFinding> costlyReset(ModuleStats module) {
    WasmModuleStatus.Calls calls = module.status().calls();
    PoolStats pool = module.status().pool();
    int instances = pool.inUse() + pool.idle();
    if (module.settings().pool().reset() != WasmResetPolicy.MEMORY
        || calls.wasm() < MANY_CALLS
        || instances == 0) {
      return Stream.empty();
    }
    long memory = pool.memory().committed() / instances;
    long kilobytes = memory / 1024;
    long toClear = (long) (kilobytes * NANOS_TO_CLEAR_A_KILOBYTE);
    if (memory < LARGE_TO_CLEAR || toClear * CLEARLY_FELT < calls.mean().toNanos()) {
      return Stream.empty();
    }
    return Stream.of(
        new WasmFinding(
            "costly-reset",
            WasmSeverity.INFO,
            module.id(),
            "a call takes %s on average; after each, %s of memory are cleared, which takes roughly %s"
                .formatted(
                    Durations.nanos(calls.mean().toNanos()),
                    Sizes.text(memory),
                    Durations.nanos(toClear)),
            "Clearing keeps what one caller left in the guest from the next one, and costs more the larger the memory is.",
            "build the module with a smaller stack (-z stack-size) and first memory, which keeps it safe; %s=session or none only if the module keeps nothing of a call, for else one caller may read, or run into, what another left"
                .formatted(module.property("pool.reset")),
            Documentation.page("memory.md#isolation-and-what-it-costs")));
  }
}
