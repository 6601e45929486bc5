package io.github.wasmspring.memory;

/** What the bytes of a value are. */
public enum MemoryKind {
  BYTES,
  /** UTF-8. */
  TEXT,
  /** JSON in UTF-8. */
  JSON
}
