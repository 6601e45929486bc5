package io.github.wasmspring.observe;

import io.github.wasmspring.client.WasmModuleManager;
import io.github.wasmspring.client.WasmModuleStatus;
import io.github.wasmspring.sandbox.MemoryBudget;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Looks at the figures of all modules for what somebody could change. */
public final class WasmPerformanceReporter {

  private static final List<ModuleRule> RULES =
      List.of(
          PoolRules::rejectedCallers,
          PoolRules::shortLivedInstances,
          FailureRules::fallbacks,
          MemoryRules::memoryNearlyFull,
          EngineRules::interpreted,
          EngineRules::bigFunctions,
          EngineRules::javaIsQuicker);

  private final WasmModuleManager manager;
  private final MemoryBudget budget;

  public WasmPerformanceReporter(WasmModuleManager manager, MemoryBudget budget) {
    this.manager = manager;
    this.budget = budget;
  }

  /** The modules as they are now; figures count from the start of the application. */
  public WasmPerformanceReport report() {
    List<WasmModuleStatus> modules = this.manager.status();
    Stream<WasmFinding> ofModules = modules.stream().map(this::figures).flatMap(this::check);
    Stream<WasmFinding> ofAll =
        MemoryRules.budgetNearlyFull(this.budget.used(), this.budget.limit());
    return new WasmPerformanceReport(
        modules.size(),
        Stream.concat(ofAll, ofModules)
            .sorted(Comparator.comparing(WasmFinding::severity).reversed())
            .toList());
  }

  private ModuleFigures figures(WasmModuleStatus status) {
    return new ModuleFigures(
        status, this.manager.registry().get(status.id(), status.version()).settings());
  }

  private Stream<WasmFinding> check(ModuleFigures module) {
    return RULES.stream().flatMap(rule -> rule.check(module));
  }
}
