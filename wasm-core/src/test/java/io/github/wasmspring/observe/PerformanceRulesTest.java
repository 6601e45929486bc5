package io.github.wasmspring.observe;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.WasmSeverity;
import io.github.wasmspring.WasmSource;
import io.github.wasmspring.adaptive.WasmAdaptiveRow;
import io.github.wasmspring.client.WasmModuleState;
import io.github.wasmspring.client.WasmModuleStatus;
import io.github.wasmspring.engine.CompiledCodeStoreStatus;
import io.github.wasmspring.engine.WasmCodeKind;
import io.github.wasmspring.module.WasmEngineMode;
import io.github.wasmspring.module.WasmModuleSettings;
import io.github.wasmspring.module.WasmResetPolicy;
import io.github.wasmspring.pool.PoolStats;
import io.github.wasmspring.prepare.WasmTier;
import io.github.wasmspring.sandbox.MemoryStats;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Each rule says what it should, and nothing where all is well. */
class PerformanceRulesTest {

  private PoolStats pool = new PoolStats(4, 1, 1, 0, 3, 0, 0, 0, 0, memory(0), 0);
  private WasmModuleStatus.Calls calls = calls(10_000, 0);
  private Map<WasmErrorCategory, Long> errors = Map.of();
  private Map<String, List<WasmAdaptiveRow>> adaptive = Map.of();
  private List<String> bigFunctions = List.of();
  private @Nullable WasmCodeKind kind = WasmCodeKind.COMPILED;
  private WasmTier tier = new WasmTier(WasmTier.State.SETTLED, "its engine is 'compiled'");
  private WasmModuleSettings settings = WasmModuleSettings.DEFAULTS;

  private static MemoryStats memory(long highWater) {
    return new MemoryStats(0, 0, highWater, highWater, 0, 0, 0, null);
  }

  private static WasmModuleStatus.Calls calls(long wasm, long fallback) {
    return new WasmModuleStatus.Calls(
        wasm + fallback, wasm, fallback, 0, 0, Duration.ofNanos(12_345));
  }

  private static PoolStats created(long instances) {
    return new PoolStats(4, 1, 1, 0, instances, instances - 2, 0, 0, 0, memory(0), 0);
  }

  private List<WasmFinding> check(ModuleRule rule) {
    return rule.check(module()).toList();
  }

  private ModuleStats module() {
    WasmModuleStatus status =
        new WasmModuleStatus(
            "orders",
            "1.0.0",
            "",
            Set.of(),
            WasmModuleState.READY,
            null,
            "chicory",
            this.kind,
            this.tier,
            null,
            null,
            List.of(),
            List.of(),
            Map.of(),
            List.of(),
            this.bigFunctions,
            null,
            List.of(),
            Set.of(),
            this.pool,
            this.calls,
            this.adaptive,
            List.of(),
            this.errors,
            null);
    return new ModuleStats(status, this.settings);
  }

  private void assertFinds(ModuleRule rule, WasmSeverity severity, String measured, String change) {
    assertThat(check(rule))
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.module()).isEqualTo("orders");
              assertThat(finding.severity()).isEqualTo(severity);
              assertThat(finding.measured()).contains(measured);
              assertThat(finding.change()).contains(change);
            });
  }

  @Test
  void rejectedCallers() {
    assertThat(check(PoolRules::rejectedCallers)).isEmpty();

    this.pool = new PoolStats(4, 4, 0, 9, 4, 0, 0, 17, 0, memory(0), 0);

    assertFinds(
        PoolRules::rejectedCallers,
        WasmSeverity.ERROR,
        "17 callers got no instance within 5s; now 4 of 4 instances are in use, and 9 callers wait",
        "wasm.modules.orders.pool.max=8");
  }

  @Test
  void instancesThatServeManyCallsAreFine() {
    this.pool = created(200);
    this.calls = calls(2_001, 0);

    assertThat(check(PoolRules::shortLivedInstances)).isEmpty();
  }

  @Test
  void aFewInstancesAreFineHoweverFewCallsThereWere() {
    this.pool = created(99);
    this.calls = calls(1, 0);

    assertThat(check(PoolRules::shortLivedInstances)).isEmpty();
  }

  @Test
  void instancesThatServeFewCalls() {
    this.pool = created(200);
    this.calls = calls(2_000, 0);

    assertFinds(
        PoolRules::shortLivedInstances,
        WasmSeverity.WARNING,
        "200 instances were made for 2,000 calls, 198 of them thrown away",
        "wasm.modules.orders.pool.min=");
  }

  @Test
  void instancesThatAreFreshForEachCall() {
    this.pool = created(200);
    this.calls = calls(200, 0);
    this.settings =
        this.settings.with(settings -> settings.pool(pool -> pool.reset(WasmResetPolicy.FRESH)));

    assertFinds(
        PoolRules::shortLivedInstances,
        WasmSeverity.WARNING,
        "200 instances",
        "wasm.modules.orders.pool.reset=memory");
  }

  @Test
  void instancesThatAreRecycledEarly() {
    this.pool = created(200);
    this.calls = calls(1_000, 0);
    this.settings = this.settings.with(settings -> settings.pool(pool -> pool.recycleAfter(5)));

    assertFinds(
        PoolRules::shortLivedInstances,
        WasmSeverity.WARNING,
        "200 instances",
        "wasm.modules.orders.pool.recycle-after=0");
  }

  @Test
  void fallbacksNowAndThenAreFine() {
    this.errors = Map.of(WasmErrorCategory.TIMEOUT, 50L);
    this.calls = calls(9_950, 50);

    assertThat(check(FailureRules::fallbacks)).isEmpty();
  }

  @Test
  void errorsThatGuestsAnswerAreNoFailures() {
    this.errors = Map.of(WasmErrorCategory.OPERATION, 5_000L);
    this.calls = calls(5_000, 5_000);

    assertThat(check(FailureRules::fallbacks)).isEmpty();
  }

  @Test
  void fallbacksAfterTimeouts() {
    this.errors = Map.of(WasmErrorCategory.TIMEOUT, 400L, WasmErrorCategory.TRAP, 3L);
    this.calls = calls(9_600, 400);

    assertFinds(
        FailureRules::fallbacks,
        WasmSeverity.WARNING,
        "Java stood in for the module in 400 of 10,000 calls; the most frequent failure is TIMEOUT, 400 times",
        "wasm.modules.orders.limits.timeout=10s");
  }

  @Test
  void fallbacksForFaultsOfTheGuest() {
    this.errors = Map.of(WasmErrorCategory.TRAP, 400L);
    this.calls = calls(9_600, 400);

    assertFinds(
        FailureRules::fallbacks,
        WasmSeverity.WARNING,
        "TRAP, 400 times",
        "/actuator/metrics/wasm.calls?tag=module:orders&tag=source:FALLBACK");
  }

  @Test
  void fallbacksForWantOfMemory() {
    this.errors = Map.of(WasmErrorCategory.MEMORY_LIMIT, 400L);
    this.calls = calls(9_600, 400);

    assertFinds(
        FailureRules::fallbacks,
        WasmSeverity.WARNING,
        "MEMORY_LIMIT",
        "wasm.modules.orders.limits.memory=512MB");
  }

  @Test
  void memory() {
    this.pool = new PoolStats(4, 1, 1, 0, 3, 0, 0, 0, 0, memory(200L << 20), 0);
    assertThat(check(MemoryRules::memoryNearlyFull)).isEmpty();

    this.pool = new PoolStats(4, 1, 1, 0, 3, 0, 0, 0, 0, memory(240L << 20), 0);
    assertFinds(
        MemoryRules::memoryNearlyFull,
        WasmSeverity.WARNING,
        "240.0 MB of the 256.0 MB",
        "wasm.modules.orders.limits.memory=512MB");
  }

  @Test
  void budget() {
    assertThat(MemoryRules.budgetNearlyFull(899, 1000)).isEmpty();

    assertThat(MemoryRules.budgetNearlyFull(950L << 20, 1000L << 20))
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.module()).isNull();
              assertThat(finding.severity()).isEqualTo(WasmSeverity.ERROR);
              assertThat(finding.measured()).contains("950.0 MB of 1000.0 MB");
              assertThat(finding.change()).contains("wasm.memory.budget=2000MB");
            });
  }

  @Test
  void collectorsWithoutSafepointsInLoops() {
    List<String> serial = List.of("Copy", "MarkSweepCompact");
    assertThat(CollectorRules.loopsHoldUp(serial, List.of("-Xmx512m")))
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.module()).isNull();
              assertThat(finding.measured()).contains("Copy");
              assertThat(finding.change()).contains("-XX:+UseCountedLoopSafepoints");
            });
    assertThat(CollectorRules.loopsHoldUp(List.of("PS Scavenge", "PS MarkSweep"), List.of()))
        .hasSize(1);
    assertThat(CollectorRules.loopsHoldUp(serial, List.of("-XX:+UseCountedLoopSafepoints")))
        .isEmpty();
    assertThat(
            CollectorRules.loopsHoldUp(
                List.of("G1 Young Generation", "G1 Old Generation"), List.of()))
        .isEmpty();
  }

  @Test
  void theInterpreterIsFineForFewCalls() {
    this.kind = WasmCodeKind.INTERPRETED;
    this.settings = this.settings.with(settings -> settings.engineMode(WasmEngineMode.INTERPRETER));
    this.calls = calls(99, 0);

    assertThat(check(EngineRules::interpreted)).isEmpty();
  }

  @Test
  void theInterpreterIsSlowForMany() {
    assertThat(check(EngineRules::interpreted)).isEmpty();

    this.kind = WasmCodeKind.INTERPRETED;
    this.settings = this.settings.with(settings -> settings.engineMode(WasmEngineMode.INTERPRETER));

    assertFinds(
        EngineRules::interpreted,
        WasmSeverity.WARNING,
        "10,000 calls ran in the interpreter, 12.3 µs each on average",
        "wasm.modules.orders.engine=compiled");
  }

  @Test
  void bigFunctions() {
    this.bigFunctions = List.of("sqlite3VdbeExec (function 812, 53000 bytes)");
    assertThat(check(EngineRules::bigFunctions)).isEmpty();

    this.settings = this.settings.with(settings -> settings.splitBigFunctions(false));

    assertFinds(
        EngineRules::bigFunctions,
        WasmSeverity.WARNING,
        "1 function is too large for HotSpot, such as sqlite3VdbeExec",
        "wasm.modules.orders.split-big-functions=true");
  }

  private static WasmAdaptiveRow row(long wasmNanos, long javaNanos, long calls) {
    return new WasmAdaptiveRow(
        1024, 4095L, WasmSource.JAVA, wasmNanos, javaNanos, calls, 10, 100, 100, 1);
  }

  @Test
  void javaThatIsClearlyQuicker() {
    this.adaptive = Map.of("sha256", List.of(row(20_000, 1_000, 50_000)));

    assertFinds(
        EngineRules::javaIsQuicker,
        WasmSeverity.INFO,
        "sha256 takes 1.0 µs in Java and 20.0 µs in the module, at 1.0 KB and more",
        "wasm.modules.orders.execution-mode=java");
  }

  @Test
  void javaThatIsNotQuickerEverywhereIsNoFinding() {
    this.adaptive =
        Map.of("sha256", List.of(row(20_000, 1_000, 50_000), row(1_900, 1_000, 50_000)));

    assertThat(check(EngineRules::javaIsQuicker)).isEmpty();
  }

  @Test
  void whatIsNotKnownWellIsNoFinding() {
    this.adaptive = Map.of("sha256", List.of(row(20_000, 1_000, 999)));

    assertThat(check(EngineRules::javaIsQuicker)).isEmpty();
  }

  private static WasmModuleStatus.Calls taking(Duration mean, long calls) {
    return new WasmModuleStatus.Calls(calls, calls, 0, 0, 0, mean);
  }

  @Test
  void callsThatTakeLessThanHalfOfTheirTimeAreFine() {
    this.calls = taking(Duration.ofMillis(2499), 1000);

    assertThat(check(CallRules::slowCalls)).isEmpty();
  }

  @Test
  void aFewSlowCallsSayNothing() {
    this.calls = taking(Duration.ofSeconds(4), 9);

    assertThat(check(CallRules::slowCalls)).isEmpty();
  }

  @Test
  void callsThatTakeHalfOfTheirTimeAndMore() {
    this.calls = taking(Duration.ofMillis(2500), 10);

    assertFinds(
        CallRules::slowCalls,
        WasmSeverity.WARNING,
        "a call takes 2500.0 ms on average, of the 5s that the guest may run",
        "wasm.modules.orders.limits.timeout=10s if");
  }

  /** Of three instances. */
  private static PoolStats instancesWith(long bytes) {
    return new PoolStats(
        4, 1, 2, 0, 3, 0, 0, 0, 0, new MemoryStats(0, 3 * bytes, bytes, 0, 0, 0, 0, null), 0);
  }

  @Test
  void clearingLargeMemoriesAfterShortCalls() {
    this.pool = instancesWith(1 << 20);

    assertFinds(
        CallRules::costlyReset,
        WasmSeverity.INFO,
        "a call takes 12.3 µs on average; after each, 1.0 MB of memory are cleared, which takes roughly 20.5 µs",
        "wasm.modules.orders.pool.reset=session or none only if");
  }

  @Test
  void clearingIsFineWhereCallsAreLong() {
    this.pool = instancesWith(1 << 20);
    this.calls = taking(Duration.ofMillis(1), 10_000);

    assertThat(check(CallRules::costlyReset)).isEmpty();
  }

  @Test
  void clearingIsFineWhereMemoriesAreSmall() {
    this.pool = instancesWith(128 << 10);
    this.calls = taking(Duration.ofNanos(50), 1_000_000);

    assertThat(check(CallRules::costlyReset)).isEmpty();
  }

  @Test
  void clearingIsFineForFewCalls() {
    this.pool = instancesWith(1 << 20);
    this.calls = calls(9_999, 0);

    assertThat(check(CallRules::costlyReset)).isEmpty();
  }

  @Test
  void whatIsNotClearedCostsNothing() {
    this.pool = instancesWith(1 << 20);
    this.settings =
        this.settings.with(settings -> settings.pool(pool -> pool.reset(WasmResetPolicy.SESSION)));

    assertThat(check(CallRules::costlyReset)).isEmpty();
  }

  @Test
  void withoutAnyInstanceNobodyKnowsWhatIsCleared() {
    this.pool = new PoolStats(4, 0, 0, 0, 3, 3, 0, 0, 0, memory(1 << 20), 0);

    assertThat(check(CallRules::costlyReset)).isEmpty();
  }

  @Test
  void codeThatIsCompiledAtEachStart() {
    List<ModuleStats> modules = List.of(module(), module());

    assertThat(CompilationRules.compiledAtEachStart(modules, disk(null))).isEmpty();
    assertThat(CompilationRules.compiledAtEachStart(modules, null))
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.module()).isNull();
              assertThat(finding.severity()).isEqualTo(WasmSeverity.INFO);
              assertThat(finding.measured()).contains("1 module was compiled").contains("(orders)");
              assertThat(finding.change()).contains("wasm.cache.directory=");
            });
  }

  @Test
  void codeThatIsCompiledAtEachStartForTheDirectoryCanNotBeUsed() {
    assertThat(CompilationRules.compiledAtEachStart(List.of(module()), disk("it is a file")))
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.severity()).isEqualTo(WasmSeverity.WARNING);
              assertThat(finding.change())
                  .isEqualTo("wasm.cache.directory=code can't be used: it is a file");
            });
  }

  private static CompiledCodeStoreStatus disk(@Nullable String problem) {
    return new CompiledCodeStoreStatus("code", problem, 0, 0, 0, 0, 0, 0, 0);
  }

  @Test
  void codeThatNobodyCompiledAtTheStart() {
    this.kind = WasmCodeKind.PRECOMPILED;
    ModuleStats built = module();
    this.kind = WasmCodeKind.INTERPRETED;
    ModuleStats interpreted = module();
    this.kind = null;
    ModuleStats notLoaded = module();

    assertThat(CompilationRules.compiledAtEachStart(List.of(built, interpreted, notLoaded), null))
        .isEmpty();
  }

  private void interpreted(WasmEngineMode mode, WasmTier.State state, String reason, long calls) {
    this.kind = WasmCodeKind.INTERPRETED;
    this.settings = this.settings.with(settings -> settings.engineMode(mode));
    this.tier = new WasmTier(state, reason);
    this.calls = calls(calls, 0);
  }

  @Test
  void whatCouldNotBeCompiled() {
    interpreted(
        WasmEngineMode.TIERED, WasmTier.State.FAILED, "it could not be compiled: too large", 100);

    assertFinds(
        CompilationRules::staysInterpreted,
        WasmSeverity.WARNING,
        "100 calls ran in the interpreter, 12.3 µs each on average; it could not be compiled: too large",
        "wasm.modules.orders.engine=interpreter, so");
  }

  @Test
  void whatOnlyTheInterpreterRuns() {
    interpreted(
        WasmEngineMode.BY_USE, WasmTier.State.SETTLED, "only 'interpreter' runs it: why", 100);

    assertFinds(
        CompilationRules::staysInterpreted,
        WasmSeverity.WARNING,
        "only 'interpreter' runs it: why",
        "reload the module");
  }

  @Test
  void whatCouldNotBeCompiledIsNoMatterIfHardlyCalled() {
    interpreted(WasmEngineMode.TIERED, WasmTier.State.FAILED, "why", 99);

    assertThat(check(CompilationRules::staysInterpreted)).isEmpty();
  }

  @Test
  void whatWaitsForAThreadForTooLong() {
    interpreted(WasmEngineMode.TIERED, WasmTier.State.QUEUED, "it waits", 9_999);
    assertThat(check(CompilationRules::staysInterpreted)).isEmpty();

    interpreted(WasmEngineMode.TIERED, WasmTier.State.QUEUED, "it waits", 10_000);
    assertFinds(
        CompilationRules::staysInterpreted,
        WasmSeverity.INFO,
        "it waits",
        "a larger wasm.engine.compile-threads, or wasm.modules.orders.engine=compiled");
  }

  @Test
  void whatIsMuchUsedAndStillWatched() {
    interpreted(WasmEngineMode.BY_USE, WasmTier.State.WATCHED, "so much for now", 9_999);
    assertThat(check(CompilationRules::staysInterpreted)).isEmpty();

    interpreted(WasmEngineMode.BY_USE, WasmTier.State.WATCHED, "so much for now", 10_000);
    assertFinds(
        CompilationRules::staysInterpreted,
        WasmSeverity.INFO,
        "so much for now",
        "smaller wasm.engine.by-use.calls and wasm.engine.by-use.time, or wasm.modules.orders.engine=tiered");
  }

  @Test
  void whatIsCompiledInThisMomentOrWasIsFine() {
    interpreted(WasmEngineMode.TIERED, WasmTier.State.COMPILING, "it is being compiled", 1_000_000);
    assertThat(check(CompilationRules::staysInterpreted)).isEmpty();

    this.kind = WasmCodeKind.COMPILED;
    this.tier = new WasmTier(WasmTier.State.COMPILED, "compiled by now");
    assertThat(check(CompilationRules::staysInterpreted)).isEmpty();
  }

  @Test
  void theInterpreterThatWasAskedForIsAnotherFinding() {
    interpreted(
        WasmEngineMode.INTERPRETER, WasmTier.State.SETTLED, "its engine is 'interpreter'", 100_000);

    assertThat(check(CompilationRules::staysInterpreted)).isEmpty();
  }
}
