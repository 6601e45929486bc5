package io.github.wasmspring.observe;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.WasmSeverity;
import io.github.wasmspring.WasmSource;
import io.github.wasmspring.client.WasmModuleState;
import io.github.wasmspring.client.WasmModuleStatus;
import io.github.wasmspring.fallback.WasmAdaptiveRow;
import io.github.wasmspring.module.WasmEngineMode;
import io.github.wasmspring.module.WasmModuleSettings;
import io.github.wasmspring.module.WasmResetPolicy;
import io.github.wasmspring.pool.PoolStats;
import io.github.wasmspring.sandbox.MemoryFigures;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Each rule says what it should, and nothing where all is well. */
class PerformanceRulesTest {

  private PoolStats pool = new PoolStats(4, 1, 1, 0, 3, 0, 0, 0, 0, memory(0), 0);
  private WasmModuleStatus.Calls calls = calls(10_000, 0);
  private Map<WasmErrorCategory, Long> errors = Map.of();
  private Map<String, List<WasmAdaptiveRow>> adaptive = Map.of();
  private List<String> bigFunctions = List.of();
  private String engine = "chicory-compiled";
  private WasmModuleSettings settings = WasmModuleSettings.DEFAULTS;

  private static MemoryFigures memory(long highWater) {
    return new MemoryFigures(0, 0, highWater, highWater, 0, 0, 0, null);
  }

  private static WasmModuleStatus.Calls calls(long wasm, long fallback) {
    return new WasmModuleStatus.Calls(
        wasm + fallback, wasm, fallback, 0, 0, Duration.ofNanos(12_345));
  }

  private static PoolStats created(long instances) {
    return new PoolStats(4, 1, 1, 0, instances, instances - 2, 0, 0, 0, memory(0), 0);
  }

  private List<WasmFinding> check(ModuleRule rule) {
    WasmModuleStatus status =
        new WasmModuleStatus(
            "orders",
            "1.0.0",
            "",
            Set.of(),
            WasmModuleState.READY,
            null,
            this.engine,
            null,
            null,
            List.of(),
            List.of(),
            this.bigFunctions,
            null,
            List.of(),
            Set.of(),
            this.pool,
            this.calls,
            this.adaptive,
            this.errors,
            null);
    return rule.check(new ModuleFigures(status, this.settings)).toList();
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
        "17 callers got no instance within 5s; 4 of 4 instances are in use, 9 callers wait",
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
    this.settings = this.settings.withPool(pool -> pool.withReset(WasmResetPolicy.FRESH));

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
    this.settings = this.settings.withPool(pool -> pool.withRecycleAfter(5));

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
  void theInterpreterIsFineForFewCalls() {
    this.engine = "chicory-interpreter";
    this.settings = this.settings.withEngineMode(WasmEngineMode.INTERPRETER);
    this.calls = calls(99, 0);

    assertThat(check(EngineRules::interpreted)).isEmpty();
  }

  @Test
  void theInterpreterIsSlowForMany() {
    assertThat(check(EngineRules::interpreted)).isEmpty();

    this.engine = "chicory-interpreter";
    this.settings = this.settings.withEngineMode(WasmEngineMode.INTERPRETER);

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

    this.settings = this.settings.withSplitBigFunctions(false);

    assertFinds(
        EngineRules::bigFunctions,
        WasmSeverity.WARNING,
        "1 functions are too large for HotSpot, such as sqlite3VdbeExec",
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
}
