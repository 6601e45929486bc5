package io.github.wasmspring.actor;

import org.jspecify.annotations.Nullable;

/** What a module has to export to behave. */
interface BehaviorExports {

  byte[] init(byte[] start);

  byte[] receive(byte[] message);

  /** Not every behaviour takes snapshots. */
  default byte @Nullable [] snapshot() {
    return null;
  }

  default void restore(byte[] snapshot) {
    throw new UnsupportedOperationException("the module exports no restore");
  }
}
