package io.github.wasmspring;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How one call differs from the settings of its module. A parameter of this type in a {@link
 * WasmModule} interface steers the call and is not passed to the module.
 *
 * @param mode who is asked, {@code null} for what the module's settings say
 * @param timeout how long the guest may run, {@code null} for what the module's settings say
 * @param priority of a call that answers later, {@code null} for what the module's settings say; a
 *     call that is made on the caller's own thread waits for no other thread and has none
 * @param tenant the key of who the call is made for, {@code null} for whom the application's {@link
 *     io.github.wasmspring.tenant.WasmTenantResolver} finds; without tenants it means nothing
 */
public record WasmCallOptions(
    @Nullable WasmExecutionMode mode,
    @Nullable Duration timeout,
    @Nullable WasmPriority priority,
    @Nullable String tenant) {

  /** Whatever the module's settings say. */
  public static final WasmCallOptions DEFAULTS = new WasmCallOptions(null, null, null, null);

  public WasmCallOptions {
    if (timeout != null && (timeout.isZero() || timeout.isNegative())) {
      throw new IllegalArgumentException("A timeout must be positive, not " + timeout);
    }
  }

  /** For whom the application's resolver finds. */
  public WasmCallOptions(
      @Nullable WasmExecutionMode mode,
      @Nullable Duration timeout,
      @Nullable WasmPriority priority) {
    this(mode, timeout, priority, null);
  }

  /** With the priority that the module's settings say. */
  public WasmCallOptions(@Nullable WasmExecutionMode mode, @Nullable Duration timeout) {
    this(mode, timeout, null, null);
  }

  public static WasmCallOptions mode(WasmExecutionMode mode) {
    return new WasmCallOptions(mode, null);
  }

  public static WasmCallOptions timeout(Duration timeout) {
    return new WasmCallOptions(null, timeout);
  }

  public static WasmCallOptions priority(WasmPriority priority) {
    return new WasmCallOptions(null, null, priority);
  }

  /**
   * For a tenant.
   *
   * @param key of who the call is made for
   */
  public static WasmCallOptions tenant(String key) {
    return new WasmCallOptions(null, null, null, key);
  }
}
