package io.github.wasmspring.memory;

/** In what form bytes of a value are in the database; the numbers of these are kept there. */
enum MemoryEncoding {
  PLAIN,
  DEFLATE
}
