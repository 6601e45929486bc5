package io.github.wasmspring.autoconfigure.metrics;

import io.github.wasmspring.client.WasmModuleManager;
import io.github.wasmspring.event.WasmEvent;
import io.github.wasmspring.event.WasmEventPublisher;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

/**
 * The gauges {@code wasm.instances} with the tags {@code module} and {@code state} ({@code idle} or
 * {@code in-use}), and with the tag {@code module} the gauges {@code wasm.memory.used}, {@code
 * wasm.memory.committed}, {@code wasm.memory.high-water} {@code wasm.memory.fragmentation} and
 * {@code wasm.guest.threads}, {@code wasm.quarantined} and the counter {@code wasm.memory.growth};
 * all versions of a module together. They come and go with the modules; and whatever other meter
 * {@code wasm.*} has the tag {@code module} goes with its module, too.
 */
public final class WasmModuleMetrics implements MeterBinder {

  private static final String PREFIX = "wasm.";
  private static final String TAG = "module";

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
    this.events.addListener(
        event -> {
          if (event instanceof WasmEvent.ModuleUnregistered gone
              && this.manager.registry().find(gone.module()).isEmpty()) {
            removeAll(gone.module(), registry);
          }
        });
  }

  /** Counters and timers of the past would be reported for ever. */
  private static void removeAll(String module, MeterRegistry registry) {
    registry.getMeters().stream()
        .map(Meter::getId)
        .filter(meter -> meter.getName().startsWith(PREFIX))
        .filter(meter -> module.equals(meter.getTag(TAG)))
        .forEach(registry::remove);
  }
}
