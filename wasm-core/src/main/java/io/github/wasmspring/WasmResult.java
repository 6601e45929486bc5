package io.github.wasmspring;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * An answer, and how it came about.
 *
 * @param value the answer; {@code null} for operations without one, and for an element of a batch
 *     that was refused
 * @param source who gave it
 * @param module the id of the module
 * @param version the version of the module
 * @param operation the operation
 * @param engine the engine that ran it, {@code java} for a fallback
 * @param duration from the start of the call to its answer, all attempts included; for an element
 *     of a batch, that of the batch
 * @param failure why the fallback answered, {@code null} if the module did or was not asked; for an
 *     element of a batch that was refused, the error that it was refused with
 */
public record WasmResult<T extends @Nullable Object>(
    T value,
    WasmSource source,
    String module,
    String version,
    String operation,
    String engine,
    Duration duration,
    @Nullable WasmException failure) {

  /** Whether the Java fallback stood in for the module; not if it was chosen as the quicker one. */
  public boolean fallback() {
    return this.source == WasmSource.FALLBACK;
  }

  /** The same, with another value. */
  public <U extends @Nullable Object> WasmResult<U> with(U value) {
    return new WasmResult<>(
        value,
        this.source,
        this.module,
        this.version,
        this.operation,
        this.engine,
        this.duration,
        this.failure);
  }
}
