package io.github.wasmspring.observe;

import io.github.wasmspring.WasmModuleNotFoundException;
import io.github.wasmspring.WasmVersionConflictException;
import io.github.wasmspring.client.WasmModuleManager;
import io.github.wasmspring.client.WasmModuleStatus;
import io.github.wasmspring.engine.CompiledCodeStore;
import io.github.wasmspring.internal.sandbox.MemoryBudget;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Looks at the figures of all modules for what somebody could change. */
public final class WasmPerformanceReporter {

  private static final List<ModuleRule> RULES =
      List.of(
          PoolRules::rejectedCallers,
          PoolRules::shortLivedInstances,
          FailureRules::fallbacks,
          CallRules::slowCalls,
          CallRules::costlyReset,
          MemoryRules::memoryNearlyFull,
          EngineRules::interpreted,
          CompilationRules::staysInterpreted,
          EngineRules::bigFunctions,
          EngineRules::javaIsQuicker);

  private final WasmModuleManager manager;
  private final MemoryBudget budget;
  private final @Nullable CompiledCodeStore codeStore;
  private final List<WasmFindingSource> sources;

  /** For applications that keep no compiled code on disk. */
  public WasmPerformanceReporter(WasmModuleManager manager, MemoryBudget budget) {
    this(manager, budget, null);
  }

  /**
   * @param codeStore where the engine keeps compiled code, {@code null} if it keeps none
   */
  public WasmPerformanceReporter(
      WasmModuleManager manager, MemoryBudget budget, @Nullable CompiledCodeStore codeStore) {
    this(manager, budget, codeStore, List.of());
  }

  private WasmPerformanceReporter(
      WasmModuleManager manager,
      MemoryBudget budget,
      @Nullable CompiledCodeStore codeStore,
      List<WasmFindingSource> sources) {
    this.manager = manager;
    this.budget = budget;
    this.codeStore = codeStore;
    this.sources = sources;
  }

  /**
   * The same, which asks others as well.
   *
   * @param sources asked for each report, in this order
   */
  public WasmPerformanceReporter with(List<? extends WasmFindingSource> sources) {
    return new WasmPerformanceReporter(
        this.manager, this.budget, this.codeStore, List.copyOf(sources));
  }

  /** The modules as they are now; figures count from the start of the application. */
  public WasmPerformanceReport report() {
    List<ModuleStats> modules =
        this.manager.status().stream().map(this::stats).filter(Objects::nonNull).toList();
    Stream<WasmFinding> ofAll =
        Stream.of(
                MemoryRules.budgetNearlyFull(this.budget.used(), this.budget.limit()),
                CollectorRules.loopsHoldUp(),
                CompilationRules.compiledAtEachStart(
                    modules, this.codeStore != null ? this.codeStore.status() : null))
            .flatMap(findings -> findings);
    return new WasmPerformanceReport(
        modules.size(),
        Stream.of(
                ofAll,
                modules.stream().flatMap(WasmPerformanceReporter::check),
                this.sources.stream().flatMap(source -> source.findings().stream()))
            .flatMap(findings -> findings)
            .sorted(Comparator.comparing(WasmFinding::severity).reversed())
            .toList());
  }

  /** {@code null} if the module has been unregistered meanwhile. */
  private @Nullable ModuleStats stats(WasmModuleStatus status) {
    try {
      return new ModuleStats(
          status, this.manager.registry().get(status.id(), status.version()).settings());
    } catch (WasmModuleNotFoundException | WasmVersionConflictException gone) {
      return null;
    }
  }

  private static Stream<WasmFinding> check(ModuleStats module) {
    return RULES.stream().flatMap(rule -> rule.check(module));
  }
}
