package io.github.wasmspring.actor;

/** A child as its supervisor sees it; for that one's thread alone. */
final class SupervisedChild {

  /** What a child does. */
  enum State {
    /** Nothing: it has not begun, was halted, or crashed. */
    DOWN,
    BEGINNING,
    RUNNING,
    HALTING,
    /** It will not begin again. */
    GONE
  }

  final Supervised target;
  final WasmRestartMode mode;
  State state = State.DOWN;

  /** Whether it has begun before. */
  boolean hasBegun;

  SupervisedChild(Supervised target, WasmRestartMode mode) {
    this.target = target;
    this.mode = mode;
  }

  boolean isUp() {
    return this.state == State.RUNNING || this.state == State.BEGINNING;
  }
}
