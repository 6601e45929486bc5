package io.github.wasmspring.autoconfigure.metrics;

import io.github.wasmspring.client.WasmModuleManager;
import io.github.wasmspring.event.WasmEvent;
import io.github.wasmspring.event.WasmEventPublisher;
import io.github.wasmspring.module.WasmModuleDescriptor;
import io.github.wasmspring.pool.PoolStats;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.BaseUnits;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToLongFunction;

/**
 * The gauges {@code wasm.instances} with the tags {@code module} and {@code state} ({@code idle} or
 * {@code in-use}), and {@code wasm.memory.used} with the tag {@code module}; all versions of a
 * module together. They come and go with the modules.
 */
public final class WasmModuleMetrics implements MeterBinder {

  static final String INSTANCES = "wasm.instances";
  static final String MEMORY = "wasm.memory.used";

  private final WasmModuleManager manager;
  private final WasmEventPublisher events;

  public WasmModuleMetrics(WasmModuleManager manager, WasmEventPublisher events) {
    this.manager = manager;
    this.events = events;
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    Map<String, List<Gauge>> gauges = new ConcurrentHashMap<>();
    this.events.addListener(event -> onEvent(event, gauges, registry));
    this.manager.registry().list().stream()
        .map(WasmModuleDescriptor::id)
        .forEach(id -> gauges.computeIfAbsent(id, module -> register(module, registry)));
  }

  private void onEvent(WasmEvent event, Map<String, List<Gauge>> gauges, MeterRegistry registry) {
    if (event instanceof WasmEvent.ModuleRegistered registered) {
      gauges.computeIfAbsent(registered.module(), module -> register(module, registry));
    } else if (event instanceof WasmEvent.ModuleUnregistered gone
        && this.manager.registry().find(gone.module()).isEmpty()) {
      List<Gauge> removed = gauges.remove(gone.module());
      if (removed != null) {
        removed.forEach(registry::remove);
      }
    }
  }

  private List<Gauge> register(String module, MeterRegistry registry) {
    return List.of(
        instances(module, "idle", PoolStats::idle, registry),
        instances(module, "in-use", PoolStats::inUse, registry),
        Gauge.builder(MEMORY, () -> sum(module, PoolStats::idleMemory))
            .description("Linear memory of the idle instances of a WebAssembly module")
            .baseUnit(BaseUnits.BYTES)
            .tag("module", module)
            .register(registry));
  }

  private Gauge instances(
      String module, String state, ToLongFunction<PoolStats> figure, MeterRegistry registry) {
    return Gauge.builder(INSTANCES, () -> sum(module, figure))
        .description("Instances of a WebAssembly module")
        .tag("module", module)
        .tag("state", state)
        .register(registry);
  }

  private long sum(String module, ToLongFunction<PoolStats> figure) {
    return this.manager.status(module).stream()
        .mapToLong(status -> figure.applyAsLong(status.pool()))
        .sum();
  }
}
