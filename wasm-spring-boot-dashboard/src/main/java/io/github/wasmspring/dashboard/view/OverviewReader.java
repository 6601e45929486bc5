package io.github.wasmspring.dashboard.view;

import io.github.wasmspring.client.WasmModuleState;
import io.github.wasmspring.client.WasmModuleStatus;
import io.github.wasmspring.internal.sandbox.MemoryBudget;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Collectors;

/** Says in a sentence or two whether all is well. */
final class OverviewReader {

  /** So much of the memory budget, in percent, is worth a word. */
  private static final int NEARLY_ALL = 90;

  private static final int MOST_NAMED = 3;

  private final boolean enabled;
  private final String engine;
  private final MemoryBudget budget;
  private final RecentFailures failures = new RecentFailures();
  private final long startedAt = ManagementFactory.getRuntimeMXBean().getStartTime();

  OverviewReader(boolean enabled, String engine, MemoryBudget budget) {
    this.enabled = enabled;
    this.engine = engine;
    this.budget = budget;
  }

  OverviewView read(List<WasmModuleStatus> modules) {
    if (!this.enabled) {
      return view("attention", "Modules are switched off (wasm.enabled): Java answers all calls.");
    }
    if (modules.isEmpty()) {
      return view("attention", "No module is registered.");
    }
    List<String> failed =
        modules.stream()
            .filter(each -> each.state() == WasmModuleState.FAILED)
            .map(WasmModuleStatus::id)
            .distinct()
            .toList();
    List<String> troubles = new ArrayList<>();
    if (!failed.isEmpty()) {
      troubles.add("%s could not be loaded".formatted(named(failed)));
    }
    List<RecentFailures.Failing> failing = failing(modules);
    tell(failing, true, "Most calls of %s failed in the last minute", troubles);
    tell(failing, false, "Some calls of %s failed in the last minute", troubles);
    long quarantined = modules.stream().mapToLong(each -> each.quarantined().size()).sum();
    if (quarantined > 0) {
      troubles.add(
          "%d %s in quarantine"
              .formatted(quarantined, quarantined == 1 ? "operation is" : "operations are"));
    }
    long used = this.budget.used();
    if (used >= this.budget.limit() / 100 * NEARLY_ALL) {
      troubles.add(
          "%d %% of the memory budget is used".formatted(used * 100 / this.budget.limit()));
    }
    if (!troubles.isEmpty()) {
      boolean bad = !failed.isEmpty() || failing.stream().anyMatch(RecentFailures.Failing::most);
      return view(bad ? "bad" : "attention", String.join(". ", troubles) + ".");
    }
    long ready = count(modules, WasmModuleState.READY);
    long disabled = count(modules, WasmModuleState.DISABLED);
    String loaded =
        "All is well: %d of %d modules loaded%s"
            .formatted(
                ready,
                modules.size(),
                disabled == 0 ? "" : ", %d switched off".formatted(disabled));
    return view(
        "ok",
        ready + disabled == modules.size()
            ? loaded + "."
            : loaded + ", the others wait for their first call.");
  }

  private List<RecentFailures.Failing> failing(List<WasmModuleStatus> modules) {
    List<RecentFailures.Counted> counted =
        modules.stream()
            .collect(
                Collectors.groupingBy(
                    WasmModuleStatus::id,
                    LinkedHashMap::new,
                    Collectors.mapping(
                        WasmModuleStatus::calls,
                        Collectors.collectingAndThen(Collectors.toList(), CallHistory::sum))))
            .entrySet()
            .stream()
            .map(
                each ->
                    new RecentFailures.Counted(
                        each.getKey(), each.getValue().total(), each.getValue().failed()))
            .toList();
    return this.failures.read(counted, System.nanoTime());
  }

  private static void tell(
      List<RecentFailures.Failing> failing, boolean most, String text, List<String> troubles) {
    List<String> ids =
        failing.stream()
            .filter(each -> each.most() == most)
            .map(RecentFailures.Failing::module)
            .toList();
    if (!ids.isEmpty()) {
      troubles.add(text.formatted(named(ids)));
    }
  }

  private static long count(List<WasmModuleStatus> modules, WasmModuleState state) {
    return modules.stream().filter(each -> each.state() == state).count();
  }

  private static String named(List<String> ids) {
    return ids.size() <= MOST_NAMED
        ? String.join(", ", ids)
        : "%s and %d more"
            .formatted(String.join(", ", ids.subList(0, MOST_NAMED)), ids.size() - MOST_NAMED);
  }

  private OverviewView view(String state, String sentence) {
    return new OverviewView(this.enabled, this.engine, this.startedAt, state, sentence);
  }
}
