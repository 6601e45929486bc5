package io.github.wasmspring.dashboard.view;

import io.github.wasmspring.client.WasmModuleManager;
import io.github.wasmspring.dashboard.DashboardPlugins;
import io.github.wasmspring.dashboard.DashboardSection;
import io.github.wasmspring.engine.CompiledCodeStore;
import io.github.wasmspring.engine.CompiledModuleCache;
import io.github.wasmspring.engine.WasmEngine;
import io.github.wasmspring.event.WasmEventPublisher;
import io.github.wasmspring.internal.sandbox.MemoryBudget;
import io.github.wasmspring.observe.WasmErrorReporter;
import io.github.wasmspring.observe.WasmPerformanceReporter;
import io.github.wasmspring.observe.WasmProfiler;
import io.github.wasmspring.work.WasmTaskExecutor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is read.
 *
 * @param enabled whether modules are run at all
 * @param codeStore compiled code on disk, {@code null} if none is kept there
 * @param plugins {@code null} if the application has none
 */
public record DashboardSources(
    WasmModuleManager manager,
    WasmEngine engine,
    CompiledModuleCache cache,
    @Nullable CompiledCodeStore codeStore,
    MemoryBudget budget,
    WasmTaskExecutor tasks,
    WasmEventPublisher events,
    WasmErrorReporter errors,
    WasmPerformanceReporter performance,
    WasmProfiler profiler,
    List<DashboardSection> sections,
    @Nullable DashboardPlugins plugins,
    boolean enabled) {

  public DashboardSources {
    sections = List.copyOf(sections);
  }
}
