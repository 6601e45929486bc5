package io.github.wasmspring.actor;

import org.jspecify.annotations.Nullable;

/**
 * How an actor is.
 *
 * @param actor which
 * @param supervisor the path of who restarts it, {@code /} for actors that were spawned by
 *     themselves
 * @param state what it does
 * @param behavior {@code module} or {@code java}
 * @param waiting messages that wait for it
 * @param messages those that it has dealt with since it was spawned
 * @param restarts how often it was restarted
 * @param storedBytes what it takes while it hibernates, 0 if it does not
 * @param lastFailure the message of the last failure, {@code null} if it has not failed
 */
public record WasmActorStatus(
    WasmActorRef actor,
    String supervisor,
    State state,
    String behavior,
    int waiting,
    long messages,
    int restarts,
    int storedBytes,
    @Nullable String lastFailure) {

  /** What an actor does. */
  public enum State {
    /** It begins, or waits for its supervisor to have it begin again. */
    STARTING,
    /** It has an instance. */
    LIVE,
    /** Its instance has been put away until the next message. */
    HIBERNATED
  }
}
