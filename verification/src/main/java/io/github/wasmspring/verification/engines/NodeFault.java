package io.github.wasmspring.verification.engines;

/** Where Node 20 is wrong, so that it is not asked. */
enum NodeFault {
  /** Code that its baseline compiler makes loses what is below the operands of a wait. */
  WAITS
}
