package io.github.wasmspring.autoconfigure.health;

import io.github.wasmspring.client.WasmModuleManager;
import io.github.wasmspring.module.WasmModuleDescriptor;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.health.contributor.CompositeHealthContributor;
import org.springframework.boot.health.contributor.HealthContributor;

/** One entry for every module that is registered at present. */
public final class WasmHealthContributor implements CompositeHealthContributor {

  private final WasmModuleManager manager;
  private final boolean enabled;

  /**
   * @param enabled whether modules are run at all
   */
  public WasmHealthContributor(WasmModuleManager manager, boolean enabled) {
    this.manager = manager;
    this.enabled = enabled;
  }

  @Override
  public @Nullable HealthContributor getContributor(String name) {
    return this.manager.registry().find(name).isPresent() ? indicator(name) : null;
  }

  @Override
  public Stream<Entry> stream() {
    return this.manager.registry().list().stream()
        .map(WasmModuleDescriptor::id)
        .distinct()
        .map(id -> new Entry(id, indicator(id)));
  }

  private WasmModuleHealthIndicator indicator(String id) {
    return new WasmModuleHealthIndicator(this.manager, id, this.enabled);
  }
}
