package io.github.wasmspring.actor;

/** What actors of Pekko that run a behaviour are sent. */
sealed interface ActorCommand {

  /** A message for the behaviour. */
  record Deliver(Letter letter) implements ActorCommand {}

  /** Begins, or begins again. */
  record Begin(boolean again) implements ActorCommand {}

  /** Lets go of its instance and waits for {@link Begin}. */
  record Halt() implements ActorCommand {}

  /**
   * A timer is due.
   *
   * @param life which life of the actor it was started in
   */
  record Due(String timer, boolean repeats, int life, WasmActorMessage message)
      implements ActorCommand {}
}
