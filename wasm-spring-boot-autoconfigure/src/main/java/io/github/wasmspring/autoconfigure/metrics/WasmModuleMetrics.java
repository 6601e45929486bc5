package io.github.wasmspring.autoconfigure.metrics;

import io.github.wasmspring.client.WasmModuleManager;
import io.github.wasmspring.event.WasmEventPublisher;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

/**
 * The gauges {@code wasm.instances} with the tags {@code module} and {@code state} ({@code idle} or
 * {@code in-use}), and with the tag {@code module} the gauges {@code wasm.memory.used}, {@code
 * wasm.memory.committed}, {@code wasm.memory.high-water} {@code wasm.memory.fragmentation} and
 * {@code wasm.threads} and the counter {@code wasm.memory.growth}; all versions of a module
 * together. They come and go with the modules.
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
    new MetersByModule(
            this.manager.registry(),
            registry,
            module -> new ModuleMeters(module, this.manager).register(registry))
        .follow(this.events);
  }
}
