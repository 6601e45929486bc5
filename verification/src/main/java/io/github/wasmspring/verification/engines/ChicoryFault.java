package io.github.wasmspring.verification.engines;

/** Where Chicory's interpreter (1.7.5) is wrong, so that it is not asked. */
enum ChicoryFault {
  /** Bytes of an active data segment can still be copied by {@code memory.init}. */
  KEEPS_ACTIVE_SEGMENTS,

  /** What is below a block with parameters on the stack may be lost. */
  BLOCK_PARAMETERS,

  /** What {@code table.copy} does before it finds that it is out of bounds is done. */
  COPIES_BEFORE_TRAP,

  /** {@code table.fill} of no element does not trap where it is out of bounds. */
  FILLS_NOTHING_ANYWHERE
}
