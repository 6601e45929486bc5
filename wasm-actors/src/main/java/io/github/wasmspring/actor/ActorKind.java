package io.github.wasmspring.actor;

import org.jspecify.annotations.Nullable;

/** A type of actors that can be made. */
interface ActorKind {

  WasmActorType type();

  /** Whether its instances take one of the places that instances of modules share. */
  boolean isModule();

  /** A new one, before {@code init}. */
  BehaviorInstance make();

  /**
   * One that was put away.
   *
   * @param start how it had begun
   */
  BehaviorInstance wake(byte[] saved, WasmActorStart start);

  /** Why no snapshots can be taken, {@code null} if they can. */
  @Nullable String noSnapshots();

  /** Lets go of the instances that nobody needs just now. */
  void closeSpare();

  void close();
}
