package io.github.wasmspring.rollout;

/** Where a rollout is. The last two are its ends. */
public enum WasmRolloutState {
  /** The new code is on trial: it answers its share of the calls. */
  CANARY,
  /** The new code answers all calls. */
  PROMOTED,
  /** The old code answers all calls, as before. */
  ROLLED_BACK
}
