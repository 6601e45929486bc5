package io.github.wasmspring.autoconfigure.ai;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What one call of a tool may have.
 *
 * @param timeout how long the module may run, {@code null} for what its settings say
 * @param maxInput chars of the arguments, as JSON
 * @param maxOutput chars of the answer; what is more is left out, and the model is told so
 */
public record WasmToolLimits(@Nullable Duration timeout, int maxInput, int maxOutput) {

  /** The module's own timeout, a million chars in, twenty thousand out. */
  public static final WasmToolLimits DEFAULTS = new WasmToolLimits(null, 1_000_000, 20_000);

  /**
   * @throws IllegalArgumentException if a limit is not positive
   */
  public WasmToolLimits {
    if (timeout != null && (timeout.isZero() || timeout.isNegative())) {
      throw new IllegalArgumentException(
          "The timeout of a tool must be positive, not %s".formatted(timeout));
    }
    if (maxInput < 1 || maxOutput < 1) {
      throw new IllegalArgumentException(
          "A tool takes and gives at least one char, not %d and %d".formatted(maxInput, maxOutput));
    }
  }

  public WasmToolLimits withTimeout(@Nullable Duration longest) {
    return new WasmToolLimits(longest, this.maxInput, this.maxOutput);
  }

  public WasmToolLimits withMaxInput(int chars) {
    return new WasmToolLimits(this.timeout, chars, this.maxOutput);
  }

  public WasmToolLimits withMaxOutput(int chars) {
    return new WasmToolLimits(this.timeout, this.maxInput, chars);
  }
}
