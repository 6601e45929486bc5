package io.github.wasmspring.autoconfigure.health;

import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.client.WasmModuleHealth;
import io.github.wasmspring.client.WasmModuleManager;
import io.github.wasmspring.client.WasmModuleStatus;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * Runs the default version of a module: {@code UP} if an instance of it works, {@code DOWN} if not.
 * A module that is not meant to run, because somebody switched it off or nobody uses it, is {@code
 * UNKNOWN}, which does not take the application out of service: Java answers in its place.
 */
final class WasmModuleHealthIndicator implements HealthIndicator {

  private final WasmModuleManager manager;
  private final String id;
  private final BooleanSupplier used;
  private final boolean enabled;
  private final ProbeLog log;

  WasmModuleHealthIndicator(
      WasmModuleManager manager, String id, BooleanSupplier used, boolean enabled, ProbeLog log) {
    this.manager = manager;
    this.id = id;
    this.used = used;
    this.enabled = enabled;
    this.log = log;
  }

  @Override
  public Health health() {
    Health.Builder builder = new Health.Builder();
    try {
      String reason = whyNotAsked();
      if (reason == null) {
        tell(this.manager.check(this.id), builder);
      } else {
        this.manager
            .registry()
            .find(this.id)
            .ifPresent(module -> builder.withDetail("version", module.version()));
        builder.unknown().withDetail("notRun", reason);
      }
    } catch (RuntimeException failure) {
      down(builder, failure.getClass(), failure.toString());
    }
    return builder.build();
  }

  private @Nullable String whyNotAsked() {
    if (!this.enabled) {
      return "wasm.enabled is false: Java answers every call";
    }
    return this.used.getAsBoolean() ? null : "the application does not use it";
  }

  private void tell(WasmModuleHealth found, Health.Builder builder) {
    String reason = String.valueOf(found.reason());
    builder.withDetail("version", found.version());
    switch (found.state()) {
      case NOT_RUN -> builder.unknown().withDetail("notRun", reason);
      case DOWN -> {
        WasmErrorCategory category =
            found.category() != null ? found.category() : WasmErrorCategory.ENGINE;
        down(builder, category, reason).withDetail("category", category);
      }
      case BUSY -> up(builder.withDetail("busy", reason), found);
      case UP -> up(builder, found);
    }
  }

  /** Without the exception itself, or Boot would log it with its stack each time. */
  private Health.Builder down(Health.Builder builder, Object kind, String reason) {
    this.log.failed(this.id, kind, reason);
    return builder.down().withDetail("error", reason);
  }

  private void up(Health.Builder builder, WasmModuleHealth found) {
    builder.up().withDetail("engine", String.valueOf(found.engine()));
    this.manager.status(this.id).stream()
        .filter(module -> module.version().equals(found.version()))
        .map(WasmModuleStatus::quarantined)
        .filter(quarantined -> !quarantined.isEmpty())
        .forEach(quarantined -> builder.withDetail("quarantined", quarantined));
    this.log.works(this.id);
  }
}
