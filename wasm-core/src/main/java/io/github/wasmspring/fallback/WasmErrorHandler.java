package io.github.wasmspring.fallback;

import io.github.wasmspring.WasmException;
import io.github.wasmspring.module.WasmModuleSettings;

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
