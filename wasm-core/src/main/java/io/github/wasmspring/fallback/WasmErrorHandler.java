package io.github.wasmspring.fallback;

import io.github.wasmspring.WasmException;
import io.github.wasmspring.module.WasmModuleSettings;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Decides what is done about a failed call; replace the bean for another policy. */
@FunctionalInterface
public interface WasmErrorHandler {

  /**
   * A call has failed. Where adaptive choice had Java answer first and that failed, whatever is not
   * {@code THROW} asks the module.
   *
   * @param settings of the module
   * @param attempt the number of the attempt that failed, from 1
   * @param hasFallback whether somebody else can answer: the operation's Java fallback, or the
   *     module in place of the chosen Java; without one {@code FALLBACK} means {@code THROW}
   */
  WasmFailureAction onFailure(
      WasmException failure, WasmModuleSettings settings, int attempt, boolean hasFallback);

  /**
   * How long to wait before a call that is to be tried again is; asked once after each {@code
   * RETRY} of {@link #onFailure}.
   *
   * @param settings of the module
   * @param attempt the number of the attempt that failed, from 1
   * @return {@code null} for no further attempt: Java answers where it can and may, and else the
   *     failure is thrown
   */
  default @Nullable Duration pause(
      WasmException failure, WasmModuleSettings settings, int attempt) {
    return BackOff.pause(settings.retry(), attempt);
  }

  /**
   * How long all attempts of a call and what is between them may take together, unless {@code
   * limits.timeout} is longer; whatever {@link #onFailure} says, none begins later.
   *
   * @param settings of the module
   */
  default Duration maxTime(WasmModuleSettings settings) {
    return settings.retry().maxTime();
  }

  /**
   * A route of the channels could not deliver a message.
   *
   * @param attempt the number of the attempt that failed, from 1
   * @param maxAttempts of the route
   * @return {@code RETRY} for another attempt; everything else makes it a dead letter
   */
  default WasmFailureAction onUndelivered(WasmException failure, int attempt, int maxAttempts) {
    return failure.recoverable() && attempt < maxAttempts
        ? WasmFailureAction.RETRY
        : WasmFailureAction.THROW;
  }
}
