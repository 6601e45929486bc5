package io.github.wasmspring.client;

import io.github.wasmspring.WasmErrorCategory;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Whether a module works, found out by running it.
 *
 * @param module the id of the module
 * @param reason why it is not {@code UP}, {@code null} if it is
 * @param category of the failure, {@code null} if it is not {@code DOWN} or the failure is none of
 *     a module
 * @param engine what runs it, {@code null} while it is not loaded
 * @param duration how long the check took, loading included
 */
public record WasmModuleHealth(
    String module,
    String version,
    State state,
    @Nullable String reason,
    @Nullable WasmErrorCategory category,
    @Nullable String engine,
    Duration duration) {

  /** What was found. */
  public enum State {
    /** An instance was lent and worked. */
    UP,
    /** All instances are at work, or no more calls may be made just now, so that none was asked. */
    BUSY,
    /** The module can't be loaded, or an instance failed. */
    DOWN,
    /** Java answers in its place at present, or nobody needs it. */
    NOT_RUN
  }
}
