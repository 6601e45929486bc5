package io.github.wasmspring.actor;

/** What becomes of a message whose actor has a full mailbox. */
public enum WasmMailboxPolicy {
  /** Whoever sends it gets an exception; who asks, a failed answer. */
  REJECT,
  /** It becomes a dead letter; who asks gets a failed answer. */
  DROP
}
