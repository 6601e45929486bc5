package io.github.wasmspring.autoconfigure.health;

import io.github.wasmspring.autoconfigure.OfferedModules;
import io.github.wasmspring.client.WasmModuleManager;
import io.github.wasmspring.client.WasmModuleState;
import io.github.wasmspring.client.WasmModuleStatus;
import io.github.wasmspring.module.WasmLoadPolicy;
import io.github.wasmspring.module.WasmModuleDescriptor;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.health.contributor.CompositeHealthContributor;
import org.springframework.boot.health.contributor.HealthContributor;

/**
 * One entry for every module that the application uses at present: of those that libraries on the
 * class path offer the ones that it configures, injects, loads ahead or has called, and all others.
 */
public final class WasmHealthContributor implements CompositeHealthContributor {

  private final WasmModuleManager manager;
  private final OfferedModules offered;
  private final boolean enabled;
  private final ProbeLog log = new ProbeLog();

  /**
   * @param offered modules that need not be used
   * @param enabled whether modules are run at all
   */
  public WasmHealthContributor(WasmModuleManager manager, OfferedModules offered, boolean enabled) {
    this.manager = manager;
    this.offered = offered;
    this.enabled = enabled;
  }

  /** An entry for every registered module; one that is not used says so and is not run. */
  @Override
  public @Nullable HealthContributor getContributor(String name) {
    return this.manager.registry().find(name).isPresent() ? indicator(name) : null;
  }

  @Override
  public Stream<Entry> stream() {
    return this.manager.registry().list().stream()
        .map(WasmModuleDescriptor::id)
        .distinct()
        .filter(this::isUsed)
        .map(id -> new Entry(id, indicator(id)));
  }

  private boolean isUsed(String id) {
    return !this.offered.contains(id)
        || this.manager.registry().versions(id).stream()
            .anyMatch(module -> module.settings().loadPolicy() != WasmLoadPolicy.LAZY)
        || this.manager.status(id).stream().anyMatch(WasmHealthContributor::hasBeenUsed);
  }

  private static boolean hasBeenUsed(WasmModuleStatus module) {
    return module.state() != WasmModuleState.REGISTERED
        || module.calls().wasm() + module.calls().fallback() > 0;
  }

  private WasmModuleHealthIndicator indicator(String id) {
    return new WasmModuleHealthIndicator(
        this.manager, id, () -> isUsed(id), this.enabled, this.log);
  }
}
