package io.github.wasmspring.actor;

/** Why an actor gets a message. */
public enum WasmActorMessageKind {
  /** Somebody sent it and waits for nothing. */
  TELL,
  /** Somebody waits for the reply. */
  ASK,
  /** A timer of the actor's own. */
  TIMER,
  /** An actor that it watches has ended; the sender is that one, and the body says why. */
  TERMINATED,
  /** It was published under a topic that the actor has subscribed to; the name is the topic. */
  PUBLISHED
}
