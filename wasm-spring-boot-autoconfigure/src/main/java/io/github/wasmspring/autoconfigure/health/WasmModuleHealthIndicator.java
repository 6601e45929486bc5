package io.github.wasmspring.autoconfigure.health;

import io.github.wasmspring.WasmCallOptions;
import io.github.wasmspring.WasmException;
import io.github.wasmspring.WasmExecutionMode;
import io.github.wasmspring.client.WasmModuleManager;
import io.github.wasmspring.client.WasmModuleState;
import io.github.wasmspring.client.WasmModuleStatus;
import io.github.wasmspring.client.WasmSession;
import io.github.wasmspring.module.WasmModuleSettings;
import io.github.wasmspring.tenant.WasmTenants;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * Runs the newest version of a module: {@code UP} if an instance of it works, {@code DOWN} if not.
 * A module that is not meant to run, because somebody switched it off or nobody uses it, is {@code
 * UNKNOWN}, which does not take the application out of service: Java answers in its place.
 */
final class WasmModuleHealthIndicator implements HealthIndicator {

  private static final int PROBE_BYTES = 16;
  private static final List<String> ALLOCATION =
      List.of("wasm_alloc (i32) -> i32", "wasm_free (i32, i32) -> ()");

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
      check(builder);
    } catch (WasmException failure) {
      down(builder, failure.category(), failure).withDetail("category", failure.category());
    } catch (RuntimeException failure) {
      down(builder, failure.getClass(), failure);
    }
    return builder.build();
  }

  /** Without the exception itself, or Boot would log it with its stack each time. */
  private Health.Builder down(Health.Builder builder, Object kind, RuntimeException failure) {
    this.log.failed(this.id, kind, failure);
    return builder.down().withDetail("error", failure.toString());
  }

  private void check(Health.Builder builder) {
    WasmModuleStatus before = this.manager.status(this.id).get(0);
    builder.withDetail("version", before.version());
    String reason = whyNotRun(before);
    if (reason != null) {
      builder.unknown().withDetail("notRun", reason);
      return;
    }
    if (isFullyUsed(before)) {
      builder.withDetail("busy", "all " + before.pool().max() + " instances are in use");
    } else {
      run();
    }
    WasmModuleStatus after = this.manager.status(this.id).get(0);
    builder.up().withDetail("engine", String.valueOf(after.engine()));
    if (!after.quarantined().isEmpty()) {
      builder.withDetail("quarantined", after.quarantined());
    }
    this.log.works(this.id);
  }

  private @Nullable String whyNotRun(WasmModuleStatus module) {
    if (!this.enabled) {
      return "wasm.enabled is false: Java answers every call";
    }
    if (module.state() == WasmModuleState.DISABLED) {
      return "the module is disabled: Java answers its calls";
    }
    if (!this.used.getAsBoolean()) {
      return "the application does not use it";
    }
    WasmModuleSettings settings = this.manager.registry().get(this.id, "*").settings();
    return settings.executionMode() == WasmExecutionMode.JAVA
        ? "the execution mode is java: Java answers its calls"
        : null;
  }

  /** Running it once more would only wait for calls that show that it works. */
  private static boolean isFullyUsed(WasmModuleStatus module) {
    return module.pool().max() > 0 && module.pool().inUse() >= module.pool().max();
  }

  private void run() {
    try (WasmSession session =
        this.manager.open(
            this.id, WasmModuleManager.DEFAULT, WasmCallOptions.tenant(WasmTenants.DEFAULT))) {
      if (this.manager.status(this.id).get(0).exports().containsAll(ALLOCATION)) {
        long[] address = session.call("wasm_alloc", PROBE_BYTES);
        session.call("wasm_free", address[0], PROBE_BYTES);
      }
    }
  }
}
