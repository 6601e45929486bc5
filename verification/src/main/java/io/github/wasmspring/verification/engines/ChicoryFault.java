package io.github.wasmspring.verification.engines;

/** Where Chicory's interpreter (1.7.5) is wrong, so that it is not asked. */
enum ChicoryFault {
  /** Bytes of an active data segment can still be copied by {@code memory.init}. */
  KEEPS_ACTIVE_SEGMENTS,

  /** What is below a block with parameters on the stack may be lost. */
  BLOCK_PARAMETERS,

  /** What {@code table.copy} does before it finds that it is out of bounds is done. */
  COPIES_BEFORE_TRAP,

  /** {@code table.fill} and {@code table.init} of no element don't trap out of bounds. */
  FILLS_NOTHING_ANYWHERE,

  /** {@code abs} of a negative NaN has other bits than the specification says. */
  ABS_OF_NAN,

  /** What {@code f32.convert_i64_u} gives of the largest numbers may be one too large. */
  ROUNDS_UP,

  /** Tail calls fail at times by an exception of Java (an index out of bounds). */
  TAIL_CALLS,

  /** What is not aligned and out of bounds is the one to it, and the other to all others. */
  ALIGNMENT_BEFORE_BOUNDS
}
