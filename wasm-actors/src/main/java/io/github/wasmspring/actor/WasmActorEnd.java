package io.github.wasmspring.actor;

import io.github.wasmspring.WasmException;
import org.jspecify.annotations.Nullable;

/**
 * An actor has ended.
 *
 * @param actor which
 * @param reason why
 * @param failure the last one, {@code null} if it has not failed
 */
public record WasmActorEnd(WasmActorRef actor, Reason reason, @Nullable WasmException failure) {

  /** Why. */
  public enum Reason {
    /** It wanted to. */
    STOPPED_ITSELF,
    /** Somebody stopped it, or its supervisor ended. */
    STOPPED,
    /** It crashed, and was not to be restarted, or too often. */
    CRASHED,
    /** There was none. */
    NO_ACTOR
  }
}
