package io.github.wasmspring.actor;

/** What has an overseer: an actor, or a supervisor with all that it looks after. */
interface Supervised {

  /** For people. */
  String shown();

  /** Has it begin, or begin again. It tells its overseer that it has, or that it crashed. */
  void begin(boolean again);

  /** Has it let go of what it has, and wait. It tells its overseer when it has. */
  void halt();
}
