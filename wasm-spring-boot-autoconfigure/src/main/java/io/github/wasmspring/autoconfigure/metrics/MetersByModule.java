package io.github.wasmspring.autoconfigure.metrics;

import io.github.wasmspring.event.WasmEvent;
import io.github.wasmspring.event.WasmEventPublisher;
import io.github.wasmspring.module.WasmModuleDescriptor;
import io.github.wasmspring.module.WasmModuleRegistry;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** Meters that come and go with the modules; all versions of a module have the same. */
final class MetersByModule {

  private final WasmModuleRegistry modules;
  private final MeterRegistry registry;
  private final Function<String, ? extends List<? extends Meter>> register;
  private final Map<String, List<? extends Meter>> meters = new ConcurrentHashMap<>();

  /**
   * @param register registers the meters of the module of that id
   */
  MetersByModule(
      WasmModuleRegistry modules,
      MeterRegistry registry,
      Function<String, ? extends List<? extends Meter>> register) {
    this.modules = modules;
    this.registry = registry;
    this.register = register;
  }

  void follow(WasmEventPublisher events) {
    events.addListener(this::onEvent);
    this.modules.list().stream()
        .map(WasmModuleDescriptor::id)
        .forEach(id -> this.meters.computeIfAbsent(id, this.register));
  }

  private void onEvent(WasmEvent event) {
    if (event instanceof WasmEvent.ModuleRegistered registered) {
      this.meters.computeIfAbsent(registered.module(), this.register);
    } else if (event instanceof WasmEvent.ModuleUnregistered gone
        && this.modules.find(gone.module()).isEmpty()) {
      List<? extends Meter> removed = this.meters.remove(gone.module());
      if (removed != null) {
        removed.forEach(this.registry::remove);
      }
    }
  }
}
