package io.github.wasmspring.actor;

import io.github.wasmspring.WasmException;

/** Who decides what becomes of what is supervised, which tells it what happens. */
interface Overseer {

  /** For people: {@code /} and the names of supervisors from the root on. */
  String path();

  void begun(Supervised child);

  /** It has let go of what it had, as it was told to. */
  void halted(Supervised child);

  /** It could not begin or go on, has let go of what it had, and waits. */
  void crashed(Supervised child, WasmException failure);

  /** It wants to end, has let go of what it had, and waits. */
  void wantsToEnd(ActorCell child);

  /** Somebody wants it to end. */
  void end(ActorCell child);
}
