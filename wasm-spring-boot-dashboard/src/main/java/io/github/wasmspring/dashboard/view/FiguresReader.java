package io.github.wasmspring.dashboard.view;

import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.client.WasmModuleStatus;
import io.github.wasmspring.dashboard.view.FiguresView.Compilation;
import io.github.wasmspring.dashboard.view.FiguresView.ModuleFigures;
import io.github.wasmspring.engine.CompiledCodeStore;
import io.github.wasmspring.engine.CompiledCodeStoreStatus;
import io.github.wasmspring.engine.CompiledModuleCache;
import io.github.wasmspring.module.WasmModuleDescriptor;
import io.github.wasmspring.pool.PoolStats;
import io.github.wasmspring.prepare.WasmTier;
import io.github.wasmspring.sandbox.MemoryStats;
import io.github.wasmspring.work.WasmTask;
import io.github.wasmspring.work.WasmTasks;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads figures second by second, and what became of them in the last minute; for one thread. */
public final class FiguresReader {

  private static final int TASKS_SHOWN = 50;
  private static final long NANOS_PER_MILLI = 1_000_000;

  private final DashboardSources sources;
  private final @Nullable CallLatencies latencies;
  private final Map<String, CallHistory> histories = new HashMap<>();
  private final Map<String, LatencyMinute> minutes = new HashMap<>();
  private final CallHistory all = new CallHistory();

  /**
   * @param latencies {@code null} if nobody listens to calls
   */
  public FiguresReader(DashboardSources sources, @Nullable CallLatencies latencies) {
    this.sources = sources;
    this.latencies = latencies;
  }

  /**
   * @param modules as they are now
   */
  public FiguresView read(List<WasmModuleStatus> modules, FiguresView.Clients clients) {
    long nanos = System.nanoTime();
    Map<String, ModuleFigures> figures = new LinkedHashMap<>();
    Map<WasmErrorCategory, Long> errors = new EnumMap<>(WasmErrorCategory.class);
    Map<String, Map<WasmErrorCategory, Long>> errorsById = new HashMap<>();
    Map<String, Long> limits = limits();
    List<WasmModuleStatus.Calls> calls = new ArrayList<>();
    for (WasmModuleStatus module : modules) {
      String key = module.id() + '@' + module.version();
      figures.put(key, figures(key, module, limits.getOrDefault(key, 0L), nanos));
      calls.add(module.calls());
      errorsById.put(module.id(), module.errors());
    }
    errorsById
        .values()
        .forEach(
            each -> each.forEach((category, count) -> errors.merge(category, count, Long::sum)));
    this.histories.keySet().retainAll(figures.keySet());
    this.minutes.keySet().retainAll(figures.keySet());
    return new FiguresView(
        System.currentTimeMillis(),
        this.all.read(
            nanos,
            CallHistory.sum(calls),
            this.latencies == null ? null : LatencyMinute.all(this.minutes.values())),
        figures,
        errors,
        new FiguresView.Budget(
            this.sources.budget().limit(),
            this.sources.budget().used(),
            this.sources.budget().usedByModule()),
        cache(),
        tasks(),
        compilations(modules),
        jvm(),
        clients);
  }

  private Map<String, Long> limits() {
    Map<String, Long> limits = new HashMap<>();
    for (WasmModuleDescriptor module : this.sources.manager().registry().list()) {
      limits.put(module.id() + '@' + module.version(), module.settings().limits().memory());
    }
    return limits;
  }

  private ModuleFigures figures(String key, WasmModuleStatus module, long limit, long nanos) {
    PoolStats pool = module.pool();
    MemoryStats memory = pool.memory();
    return new ModuleFigures(
        this.histories
            .computeIfAbsent(key, any -> new CallHistory())
            .read(nanos, module.calls(), minute(key)),
        module.errors(),
        new FiguresView.Pool(
            pool.max(),
            pool.inUse(),
            pool.idle(),
            pool.waiting(),
            pool.created(),
            pool.discarded(),
            pool.rejected(),
            pool.threads()),
        new FiguresView.Memory(memory.committed(), memory.used(), limit, memory.highWater()));
  }

  private @Nullable LatencyMinute minute(String key) {
    LatencyCounts counts = this.latencies == null ? null : this.latencies.of(key);
    if (counts == null) {
      return null;
    }
    LatencyMinute minute = this.minutes.computeIfAbsent(key, any -> new LatencyMinute());
    minute.tick(counts);
    return minute;
  }

  private FiguresView.Cache cache() {
    CompiledModuleCache cache = this.sources.cache();
    CompiledCodeStore store = this.sources.codeStore();
    return new FiguresView.Cache(
        cache.size(),
        cache.weight(),
        cache.hits(),
        cache.misses(),
        cache.evictions(),
        store == null ? null : disk(store.status()));
  }

  private static FiguresView.Disk disk(CompiledCodeStoreStatus status) {
    return new FiguresView.Disk(
        status.entries(),
        status.bytes(),
        status.maxBytes(),
        status.hits(),
        status.misses(),
        status.failures(),
        CutText.ofNullable(status.problem()));
  }

  private FiguresView.Tasks tasks() {
    WasmTasks tasks = this.sources.tasks().tasks(TASKS_SHOWN);
    return new FiguresView.Tasks(
        tasks.running(),
        tasks.queued(),
        tasks.rejected(),
        tasks.cancelled(),
        tasks.tasks().stream().map(FiguresReader::task).toList());
  }

  private static FiguresView.Task task(WasmTask task) {
    return new FiguresView.Task(
        task.id(),
        task.module(),
        task.version(),
        CutText.of(task.operation()),
        task.priority().name(),
        task.state().name(),
        task.submitted().toEpochMilli(),
        task.waitedMillis() * NANOS_PER_MILLI,
        task.ranMillis() * NANOS_PER_MILLI);
  }

  private static FiguresView.Compilations compilations(List<WasmModuleStatus> modules) {
    List<Compilation> list = new ArrayList<>();
    int queued = 0;
    int running = 0;
    for (WasmModuleStatus module : modules) {
      WasmTier tier = module.tier();
      if (tier == null) {
        continue;
      }
      if (tier.state() == WasmTier.State.QUEUED) {
        queued++;
      } else if (tier.state() == WasmTier.State.COMPILING) {
        running++;
      } else {
        continue;
      }
      list.add(
          new Compilation(
              module.id(), module.version(), tier.state().name(), CutText.of(tier.reason())));
    }
    return new FiguresView.Compilations(queued, running, list);
  }

  private static FiguresView.Jvm jvm() {
    MemoryUsage heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
    return new FiguresView.Jvm(
        heap.getUsed(), heap.getMax(), ManagementFactory.getThreadMXBean().getThreadCount());
  }
}
