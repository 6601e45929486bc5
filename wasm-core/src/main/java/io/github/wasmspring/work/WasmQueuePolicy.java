package io.github.wasmspring.work;

/** What becomes of a call that answers later when the queue of its module is full. */
public enum WasmQueuePolicy {
  /** The caller waits for room, for a limited time. */
  WAIT,
  /** The call is rejected. */
  REJECT,
  /** The call runs on the caller's thread. */
  CALLER_RUNS
}
