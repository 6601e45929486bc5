package io.github.wasmspring.autoconfigure.health;

import io.github.wasmspring.WasmException;
import io.github.wasmspring.WasmExecutionMode;
import io.github.wasmspring.client.WasmModuleManager;
import io.github.wasmspring.client.WasmModuleState;
import io.github.wasmspring.client.WasmModuleStatus;
import io.github.wasmspring.client.WasmSession;
import io.github.wasmspring.module.WasmModuleSettings;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/**
 * Runs the newest version of a module: {@code UP} if an instance of it works, {@code DOWN} if not.
 * A module that is not meant to run, because somebody switched it off, is {@code UNKNOWN}, which
 * does not take the application out of service: Java answers in its place.
 */
final class WasmModuleHealthIndicator extends AbstractHealthIndicator {

  private static final int PROBE_BYTES = 16;
  private static final List<String> ALLOCATION =
      List.of("wasm_alloc (i32) -> i32", "wasm_free (i32, i32) -> ()");

  private final WasmModuleManager manager;
  private final String id;
  private final boolean enabled;

  WasmModuleHealthIndicator(WasmModuleManager manager, String id, boolean enabled) {
    super("The module '" + id + "' does not work");
    this.manager = manager;
    this.id = id;
    this.enabled = enabled;
  }

  @Override
  protected void doHealthCheck(Health.Builder builder) {
    WasmModuleStatus before = this.manager.status(this.id).get(0);
    builder.withDetail("version", before.version());
    String reason = whyNotRun(before);
    if (reason != null) {
      builder.unknown().withDetail("notRun", reason);
      return;
    }
    try {
      if (isFullyUsed(before)) {
        builder.withDetail("busy", "all " + before.pool().max() + " instances are in use");
      } else {
        run();
      }
      WasmModuleStatus after = this.manager.status(this.id).get(0);
      builder.up().withDetail("engine", String.valueOf(after.engine()));
    } catch (WasmException failure) {
      builder.down(failure).withDetail("category", failure.category());
    }
  }

  private @Nullable String whyNotRun(WasmModuleStatus module) {
    if (!this.enabled) {
      return "wasm.enabled is false: Java answers every call";
    }
    if (module.state() == WasmModuleState.DISABLED) {
      return "the module is disabled: Java answers its calls";
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
    try (WasmSession session = this.manager.open(this.id)) {
      if (this.manager.status(this.id).get(0).exports().containsAll(ALLOCATION)) {
        long[] address = session.call("wasm_alloc", PROBE_BYTES);
        session.call("wasm_free", address[0], PROBE_BYTES);
      }
    }
  }
}
