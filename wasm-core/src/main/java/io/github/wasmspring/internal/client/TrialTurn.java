package io.github.wasmspring.internal.client;

import io.github.wasmspring.rollout.WasmCanarySelector;
import org.jspecify.annotations.Nullable;

/**
 * Which side of a rollout a call is for. Decided once, so that a call is on one side from its begin
 * to its end, also where it is tried again.
 *
 * @param isNew whether the code that is on trial is asked
 */
record TrialTurn(ModuleRollout rollout, boolean isNew) {

  /** Of the next call of a module, {@code null} if nothing is on trial. */
  static @Nullable TrialTurn of(ModuleHandle module) {
    return of(module, null);
  }

  /**
   * The same where something is known of the caller.
   *
   * @param first asked before the selector of the application, {@code null} to ask only that
   */
  static @Nullable TrialTurn of(ModuleHandle module, @Nullable WasmCanarySelector first) {
    ModuleRollout rollout = module.trial();
    return rollout == null ? null : new TrialTurn(rollout, rollout.choose(first));
  }
}
