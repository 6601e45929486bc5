package io.github.wasmspring.channel;

/** What becomes of a message whose route has no room. */
public enum WasmFullPolicy {
  /** The publisher waits for room, for a while; a guest never waits, its message is refused. */
  WAIT,
  /** The message is refused. */
  REJECT,
  /** The oldest messages of the queue make room. */
  DROP_OLDEST
}
