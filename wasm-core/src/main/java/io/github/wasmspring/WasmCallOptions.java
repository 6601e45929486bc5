package io.github.wasmspring;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How one call differs from the settings of its module. A parameter of this type in a {@link
 * WasmModule} interface steers the call and is not passed to the module.
 *
 * @param mode who is asked, {@code null} for what the module's settings say
 * @param timeout how long the guest may run, {@code null} for what the module's settings say
 */
public record WasmCallOptions(@Nullable WasmExecutionMode mode, @Nullable Duration timeout) {

  /** Whatever the module's settings say. */
  public static final WasmCallOptions DEFAULTS = new WasmCallOptions(null, null);

  public WasmCallOptions {
    if (timeout != null && (timeout.isZero() || timeout.isNegative())) {
      throw new IllegalArgumentException("A timeout must be positive, not " + timeout);
    }
  }

  public static WasmCallOptions mode(WasmExecutionMode mode) {
    return new WasmCallOptions(mode, null);
  }

  public static WasmCallOptions timeout(Duration timeout) {
    return new WasmCallOptions(null, timeout);
  }
}
