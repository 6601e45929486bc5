package io.github.wasmspring.binary;

/** What follows the opcode of an instruction. */
enum Immediates {
  /** There is no such instruction. */
  ILLEGAL,
  NONE,
  /** The type of a block, which is opened. */
  BLOCK,
  /** The type of a block and how it handles exceptions. */
  TRY_TABLE,
  ELSE,
  END,
  /** A label, local, function, global, type, segment … */
  INDEX,
  TWO_INDICES,
  LABELS,
  /** A type and a table. */
  INDIRECT,
  TYPES,
  HEAP_TYPE,
  /** Flags, a label and two heap types. */
  CAST,
  /** Alignment, memory and offset. */
  ACCESS,
  ACCESS_AND_LANE,
  MEMORY,
  TWO_MEMORIES,
  /** A segment and a memory. */
  SEGMENT_AND_MEMORY,
  /** A segment of data, which needs a data count section. */
  DATA_SEGMENT,
  TABLE,
  TWO_TABLES,
  /** A segment and a table. */
  SEGMENT_AND_TABLE,
  I32,
  I64,
  F32,
  F64,
  LANE,
  LANES,
  /** A byte that is zero. */
  ZERO
}
