package io.github.wasmspring.fallback;

import io.github.wasmspring.WasmErrorCategory;
import java.time.Duration;

/**
 * An operation that has failed so often in a row that its module is not asked for it for some time.
 *
 * @param operation the export that is called, or {@link #ALL}
 * @param category of the last failure
 * @param message of the last failure
 * @param failures how many there were in a row, those of probes included
 * @param since how long ago it began
 * @param probeIn how long it is until a call is let through, zero if the next one is or one is
 *     under way
 */
public record WasmQuarantine(
    String operation,
    WasmErrorCategory category,
    String message,
    int failures,
    Duration since,
    Duration probeIn) {

  /** Stands for all operations of a module, which a {@link WasmCircuitBreaker} has in common. */
  public static final String ALL = "*";
}
