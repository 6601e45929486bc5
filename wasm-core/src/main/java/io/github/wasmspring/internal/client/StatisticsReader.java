package io.github.wasmspring.internal.client;

import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.WasmSeverity;
import io.github.wasmspring.client.WasmModuleState;
import io.github.wasmspring.client.WasmModuleStatus;
import io.github.wasmspring.client.WasmStatistics;
import io.github.wasmspring.client.WasmStatistics.Cache;
import io.github.wasmspring.client.WasmStatistics.Instances;
import io.github.wasmspring.engine.CompiledModuleCache;
import io.github.wasmspring.internal.sandbox.MemoryBudget;
import io.github.wasmspring.pool.PoolStats;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/** Adds up what is known of single modules. */
final class StatisticsReader {

  private StatisticsReader() {}

  static WasmStatistics read(
      List<WasmModuleStatus> modules, MemoryBudget budget, CompiledModuleCache cache) {
    Map<WasmErrorCategory, Long> errors = errors(modules);
    return new WasmStatistics(
        modules.stream().map(WasmModuleStatus::id).distinct().count(),
        modules.size(),
        states(modules),
        calls(modules),
        errors,
        severities(errors),
        instances(modules.stream().map(WasmModuleStatus::pool).toList()),
        budget.used(),
        budget.limit(),
        new Cache(cache.size(), cache.weight(), cache.hits(), cache.misses(), cache.evictions()));
  }

  private static Map<WasmModuleState, Long> states(List<WasmModuleStatus> modules) {
    return modules.stream()
        .collect(
            Collectors.groupingBy(
                WasmModuleStatus::state,
                () -> new EnumMap<>(WasmModuleState.class),
                Collectors.counting()));
  }

  private static WasmModuleStatus.Calls calls(List<WasmModuleStatus> modules) {
    List<WasmModuleStatus.Calls> calls = modules.stream().map(WasmModuleStatus::calls).toList();
    long total = sum(calls, WasmModuleStatus.Calls::total);
    double nanos =
        calls.stream().mapToDouble(each -> (double) each.mean().toNanos() * each.total()).sum();
    return new WasmModuleStatus.Calls(
        total,
        sum(calls, WasmModuleStatus.Calls::wasm),
        sum(calls, WasmModuleStatus.Calls::fallback),
        sum(calls, WasmModuleStatus.Calls::java),
        sum(calls, WasmModuleStatus.Calls::failed),
        Duration.ofNanos(total == 0 ? 0 : Math.round(nanos / total)));
  }

  /** Each version of a module has the failures of all of them. */
  private static Map<WasmErrorCategory, Long> errors(List<WasmModuleStatus> modules) {
    Map<WasmErrorCategory, Long> errors = new EnumMap<>(WasmErrorCategory.class);
    modules.stream()
        .collect(
            Collectors.toMap(WasmModuleStatus::id, WasmModuleStatus::errors, (one, same) -> one))
        .values()
        .forEach(
            ofModule ->
                ofModule.forEach((category, count) -> errors.merge(category, count, Long::sum)));
    return errors;
  }

  private static Map<WasmSeverity, Long> severities(Map<WasmErrorCategory, Long> errors) {
    Map<WasmSeverity, Long> severities = new EnumMap<>(WasmSeverity.class);
    errors.forEach((category, count) -> severities.merge(category.severity(), count, Long::sum));
    return severities;
  }

  private static Instances instances(List<PoolStats> pools) {
    return new Instances(
        sum(pools, PoolStats::inUse),
        sum(pools, PoolStats::idle),
        sum(pools, PoolStats::waiting),
        sum(pools, PoolStats::created),
        sum(pools, PoolStats::discarded),
        sum(pools, PoolStats::rejected));
  }

  private static <T> long sum(List<T> parts, ToLongFunction<T> part) {
    return parts.stream().mapToLong(part).sum();
  }
}
