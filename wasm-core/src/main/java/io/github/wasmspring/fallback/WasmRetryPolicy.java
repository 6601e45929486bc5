package io.github.wasmspring.fallback;

import io.github.wasmspring.WasmException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Whether and when failed calls are tried again, for those modules whose settings name it ({@code
 * retry.policy}). Used by many threads. What is the caller's own business, such as wrong input or
 * an error that the guest answers with, never comes here.
 */
@FunctionalInterface
public interface WasmRetryPolicy {

  /**
   * A call has failed.
   *
   * @param attempt the number of the attempt that failed, from 1
   * @return how long to wait before the next one, zero for not at all; {@code null} for no further
   *     attempt
   */
  @Nullable Duration pause(WasmException failure, int attempt);

  /** How long all attempts may take together; {@code null} for what the module's settings say. */
  default @Nullable Duration maxTime() {
    return null;
  }
}
