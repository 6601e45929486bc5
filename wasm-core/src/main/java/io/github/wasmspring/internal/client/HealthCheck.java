package io.github.wasmspring.internal.client;

import io.github.wasmspring.WasmCallOptions;
import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.WasmException;
import io.github.wasmspring.WasmExecutionMode;
import io.github.wasmspring.client.WasmModuleHealth;
import io.github.wasmspring.client.WasmModuleHealth.State;
import io.github.wasmspring.client.WasmModuleManager;
import io.github.wasmspring.client.WasmModuleState;
import io.github.wasmspring.client.WasmModuleStatus;
import io.github.wasmspring.client.WasmSession;
import io.github.wasmspring.pool.PoolStats;
import io.github.wasmspring.tenant.WasmTenants;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs modules to see whether they work. */
final class HealthCheck {

  private static final Logger logger = LoggerFactory.getLogger(HealthCheck.class);

  private static final int PROBE_BYTES = 16;
  private static final List<String> ALLOCATION =
      List.of("wasm_alloc (i32) -> i32", "wasm_free (i32, i32) -> ()");

  private final WasmModuleManager manager;
  private final boolean enabled;

  /**
   * @param enabled whether modules are run at all
   */
  HealthCheck(WasmModuleManager manager, boolean enabled) {
    this.manager = manager;
    this.enabled = enabled;
  }

  /** Modules that nobody has needed yet are left alone. */
  WasmModuleHealth checkIfUsed(WasmModuleStatus module) {
    return module.state() == WasmModuleState.REGISTERED
        ? new WasmModuleHealth(
            module.id(),
            module.version(),
            State.NOT_RUN,
            "nobody has needed it yet",
            null,
            null,
            Duration.ZERO)
        : check(module);
  }

  WasmModuleHealth check(WasmModuleStatus module) {
    long start = System.nanoTime();
    State state = State.UP;
    WasmErrorCategory category = null;
    String reason = null;
    try {
      reason = whyNotRun(module);
      if (reason != null) {
        state = State.NOT_RUN;
      } else if (isFullyUsed(module.pool())) {
        state = State.BUSY;
        reason = "all %d instances are in use".formatted(module.pool().max());
      } else {
        run(module);
      }
    } catch (RuntimeException failure) {
      logger.debug("Why {} {} did not run", module.id(), module.version(), failure);
      category = failure instanceof WasmException known ? known.category() : null;
      state = stateAfter(module, category);
      reason = failure instanceof WasmException ? failure.getMessage() : failure.toString();
    }
    return new WasmModuleHealth(
        module.id(),
        module.version(),
        state,
        reason,
        category,
        engine(module),
        Duration.ofNanos(System.nanoTime() - start));
  }

  /** That there is no room for the check, or no such module any more, is no fault of the module. */
  private State stateAfter(WasmModuleStatus module, @Nullable WasmErrorCategory failure) {
    if (!isRegistered(module)) {
      return State.NOT_RUN;
    }
    return failure == WasmErrorCategory.REJECTED ? State.BUSY : State.DOWN;
  }

  private boolean isRegistered(WasmModuleStatus module) {
    return this.manager.registry().versions(module.id()).stream()
        .anyMatch(each -> each.version().equals(module.version()));
  }

  private @Nullable String whyNotRun(WasmModuleStatus module) {
    if (!isRegistered(module)) {
      return "the module has been unregistered";
    }
    if (!this.enabled) {
      return "modules are switched off: Java answers every call";
    }
    if (module.state() == WasmModuleState.DISABLED) {
      return "the module is disabled: Java answers its calls";
    }
    return this.manager.registry().get(module.id(), module.version()).settings().executionMode()
            == WasmExecutionMode.JAVA
        ? "the execution mode is java: Java answers its calls"
        : null;
  }

  /** Running it once more would only wait for calls that show that it works. */
  private static boolean isFullyUsed(PoolStats pool) {
    return pool.max() > 0 && pool.inUse() >= pool.max();
  }

  private void run(WasmModuleStatus module) {
    try (WasmSession session =
        this.manager.open(
            module.id(), module.version(), WasmCallOptions.tenant(WasmTenants.DEFAULT))) {
      if (now(module).exports().containsAll(ALLOCATION)) {
        long[] address = session.call("wasm_alloc", PROBE_BYTES);
        session.call("wasm_free", address[0], PROBE_BYTES);
      }
    }
  }

  private @Nullable String engine(WasmModuleStatus module) {
    return now(module).engine();
  }

  /** A module that has been unregistered meanwhile is as it was. */
  private WasmModuleStatus now(WasmModuleStatus module) {
    return this.manager.status(module.id()).stream()
        .filter(each -> each.version().equals(module.version()))
        .findFirst()
        .orElse(module);
  }
}
