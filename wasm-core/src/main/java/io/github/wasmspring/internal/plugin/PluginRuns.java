package io.github.wasmspring.internal.plugin;

import io.github.wasmspring.client.WasmModuleManager;
import io.github.wasmspring.client.WasmModuleState;
import io.github.wasmspring.client.WasmModuleStatus;
import io.github.wasmspring.module.WasmModuleDescriptor;
import io.github.wasmspring.module.WasmModuleRegistry;
import io.github.wasmspring.rollout.WasmRollout;
import io.github.wasmspring.rollout.WasmRolloutState;
import org.jspecify.annotations.Nullable;

/** Has modules of plug-ins run, and end. */
final class PluginRuns {

  private final WasmModuleManager manager;

  PluginRuns(WasmModuleManager manager) {
    this.manager = manager;
  }

  private WasmModuleRegistry registry() {
    return this.manager.registry();
  }

  /** What is registered of a plug-in, {@code null} if nothing is. */
  @Nullable WasmModuleDescriptor running(String id) {
    return registry().versions(id).stream()
        .filter(module -> PluginLocation.is(module.location()))
        .findFirst()
        .orElse(null);
  }

  /** Whether a module that is no plug-in has the id. */
  boolean isTaken(String id) {
    return registry().versions(id).stream()
        .anyMatch(module -> !PluginLocation.is(module.location()));
  }

  /**
   * Has a module called of whose id nothing is registered. It is switched off until it has been
   * loaded, linked and, where its settings name a probe, has answered that. Only who calls it by
   * its id in the moment between its being registered and switched off may have it run before.
   *
   * @throws RuntimeException if it did not; nothing is registered then
   */
  void start(WasmModuleDescriptor module) {
    registry().register(module);
    try {
      this.manager.disable(module.id(), exactly(module));
      if (module.settings().rollout().probe() != null) {
        this.manager.reload(module.id(), exactly(module));
      }
      this.manager.warmUp(module.id(), exactly(module));
      enable(module);
    } catch (RuntimeException | Error unfit) {
      stop(module);
      throw unfit;
    }
  }

  /** Has another revision take the place of what is registered. */
  WasmRollout replace(WasmModuleDescriptor running, WasmModuleDescriptor next) {
    return this.manager.update(running.id(), exactly(running), next);
  }

  /** Has it take the place at once, whatever the settings say of a trial. */
  void replaceAtOnce(WasmModuleDescriptor running, WasmModuleDescriptor next) {
    WasmRollout rollout = replace(running, next);
    if (rollout.state() == WasmRolloutState.CANARY) {
      rollout.promote();
    }
  }

  void stop(WasmModuleDescriptor module) {
    registry().unregister(module.id(), module.version());
  }

  void enable(WasmModuleDescriptor module) {
    this.manager.enable(module.id(), exactly(module));
  }

  /** Switches it off, and lets go of its code. */
  void disable(WasmModuleDescriptor module) {
    this.manager.disable(module.id(), exactly(module));
    this.manager.evict(module.id(), exactly(module));
  }

  /** Why it could not be loaded the last time, {@code null} if it could or was not. */
  @Nullable String failure(WasmModuleDescriptor module) {
    return this.manager.status(module.id()).stream()
        .filter(status -> status.version().equals(module.version()))
        .filter(status -> status.state() == WasmModuleState.FAILED)
        .map(WasmModuleStatus::failure)
        .findFirst()
        .orElse(null);
  }

  private static String exactly(WasmModuleDescriptor module) {
    return module.version();
  }
}
