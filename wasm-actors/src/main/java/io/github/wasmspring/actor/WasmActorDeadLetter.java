package io.github.wasmspring.actor;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A message that no actor has dealt with. Its body is not kept.
 *
 * @param time when that was clear
 * @param to whom it was for
 * @param message its name
 * @param sender the actor that sent it, {@code null} if it was no actor
 * @param reason why
 */
public record WasmActorDeadLetter(
    Instant time, WasmActorRef to, String message, @Nullable WasmActorRef sender, Reason reason) {

  /** Why nobody dealt with it. */
  public enum Reason {
    /** There is no such actor. */
    NO_ACTOR,
    /** It has ended while the message waited. */
    ENDED,
    /** Its mailbox was full. */
    MAILBOX_FULL,
    /** It put more aside than it may. */
    STASH_FULL,
    /** It was the message that it crashed with. */
    CRASHED
  }
}
