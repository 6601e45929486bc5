package io.github.wasmspring.autoconfigure.metrics;

import io.github.wasmspring.client.WasmModuleManager;
import io.github.wasmspring.event.WasmEvent;
import io.github.wasmspring.event.WasmEventPublisher;
import io.github.wasmspring.module.WasmModuleDescriptor;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The gauges {@code wasm.instances} with the tags {@code module} and {@code state} ({@code idle} or
 * {@code in-use}), and with the tag {@code module} the gauges {@code wasm.memory.used}, {@code
 * wasm.memory.committed}, {@code wasm.memory.high-water} and {@code wasm.memory.fragmentation} and
 * the counter {@code wasm.memory.growth}; all versions of a module together. They come and go with
 * the modules.
 */
public final class WasmModuleMetrics implements MeterBinder {

  private final WasmModuleManager manager;
  private final WasmEventPublisher events;

  public WasmModuleMetrics(WasmModuleManager manager, WasmEventPublisher events) {
    this.manager = manager;
    this.events = events;
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    Map<String, List<Meter>> gauges = new ConcurrentHashMap<>();
    this.events.addListener(event -> onEvent(event, gauges, registry));
    this.manager.registry().list().stream()
        .map(WasmModuleDescriptor::id)
        .forEach(
            id ->
                gauges.computeIfAbsent(
                    id, module -> new ModuleMeters(module, this.manager).register(registry)));
  }

  private void onEvent(WasmEvent event, Map<String, List<Meter>> gauges, MeterRegistry registry) {
    if (event instanceof WasmEvent.ModuleRegistered registered) {
      gauges.computeIfAbsent(
          registered.module(), module -> new ModuleMeters(module, this.manager).register(registry));
    } else if (event instanceof WasmEvent.ModuleUnregistered gone
        && this.manager.registry().find(gone.module()).isEmpty()) {
      List<Meter> removed = gauges.remove(gone.module());
      if (removed != null) {
        removed.forEach(registry::remove);
      }
    }
  }
}
