package io.github.wasmspring.actor;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an actor does, in Java: the same protocol as that of a module. Used by one thread at a time;
 * each actor has its own, and gets another when it is restarted. What it throws is a crash.
 */
@FunctionalInterface
public interface WasmBehavior {

  /** Begins. */
  default List<WasmEffect> init(WasmActorStart start) throws Exception {
    return List.of();
  }

  /** Deals with a message. */
  List<WasmEffect> receive(WasmActorMessage message) throws Exception;

  /** What it knows, {@code null} if it can't tell. */
  default byte @Nullable [] snapshot() throws Exception {
    return null;
  }

  /** Goes on with what another one knew; after {@link #init}. */
  default void restore(byte[] snapshot) throws Exception {
    throw new UnsupportedOperationException("This behaviour takes no snapshots");
  }
}
