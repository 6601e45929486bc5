package io.github.wasmspring.memory;

/** In what order entries are recalled. */
public enum MemoryOrder {
  /** What was written last comes first. */
  NEWEST,
  /** What was written first comes first. */
  OLDEST,
  /** By the UTF-8 bytes of the keys. */
  KEY
}
