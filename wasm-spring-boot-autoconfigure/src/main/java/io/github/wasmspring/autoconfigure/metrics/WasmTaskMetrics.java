package io.github.wasmspring.autoconfigure.metrics;

import io.github.wasmspring.client.WasmModuleManager;
import io.github.wasmspring.event.WasmEventPublisher;
import io.github.wasmspring.work.WasmTaskExecutor;
import io.github.wasmspring.work.WasmTasks;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Calls that answer later: the gauge {@code wasm.tasks} with the tags {@code module} and {@code
 * state} ({@code queued} or {@code running}), and the counters {@code wasm.tasks.rejected} and
 * {@code wasm.tasks.cancelled} with the tag {@code module}.
 */
public final class WasmTaskMetrics implements MeterBinder {

  static final String TASKS = "wasm.tasks";
  static final String REJECTED = "wasm.tasks.rejected";
  static final String CANCELLED = "wasm.tasks.cancelled";

  private final WasmTaskExecutor tasks;
  private final WasmModuleManager manager;
  private final WasmEventPublisher events;

  public WasmTaskMetrics(
      WasmTaskExecutor tasks, WasmModuleManager manager, WasmEventPublisher events) {
    this.tasks = tasks;
    this.manager = manager;
    this.events = events;
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    new MetersByModule(this.manager.registry(), registry, module -> register(module, registry))
        .follow(this.events);
  }

  private List<Meter> register(String module, MeterRegistry registry) {
    return List.of(
        state(module, "queued", WasmTasks::queued, registry),
        state(module, "running", WasmTasks::running, registry),
        counter(
            REJECTED,
            "Calls of a WebAssembly module that found its queue full",
            module,
            WasmTasks::rejected,
            registry),
        counter(
            CANCELLED,
            "Calls of a WebAssembly module that were given up before they had an answer",
            module,
            WasmTasks::cancelled,
            registry));
  }

  private Meter state(
      String module, String state, ToDoubleFunction<WasmTasks> figure, MeterRegistry registry) {
    return Gauge.builder(TASKS, () -> figure.applyAsDouble(this.tasks.tasks(module, 0)))
        .description("Calls of a WebAssembly module that answer later")
        .tag("module", module)
        .tag("state", state)
        .register(registry);
  }

  private Meter counter(
      String name,
      String description,
      String module,
      ToDoubleFunction<WasmTasks> figure,
      MeterRegistry registry) {
    return FunctionCounter.builder(
            name, this.tasks, tasks -> figure.applyAsDouble(tasks.tasks(module, 0)))
        .description(description)
        .tag("module", module)
        .register(registry);
  }
}
