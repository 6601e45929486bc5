package io.github.wasmspring.pipeline;

import io.github.wasmspring.WasmSource;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What became of a stage in one run.
 *
 * @param stage its name; of a branch {@code <stage>.<branch>}
 * @param value what it has handed over, {@code null} for nothing
 * @param duration how long it took
 * @param source who answered for a module, {@code null} if none was asked
 * @param failure why it failed, was skipped or had to be replaced, {@code null} where all went well
 */
public record WasmStageOutcome(
    String stage,
    Status status,
    @Nullable Object value,
    Duration duration,
    @Nullable WasmSource source,
    @Nullable Exception failure) {

  /** How a stage ended. */
  public enum Status {
    DONE,
    /** It failed, and handed over what it was given. */
    SKIPPED,
    /** It failed, and something else stood in for its value. */
    REPLACED,
    FAILED,
    /** The run had ended before. */
    NOT_RUN;

    /** Whether there is a value to go on with. */
    public boolean goesOn() {
      return this == DONE || this == SKIPPED || this == REPLACED;
    }
  }
}
