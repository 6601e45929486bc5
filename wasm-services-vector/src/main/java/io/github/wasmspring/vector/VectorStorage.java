package io.github.wasmspring.vector;

/** In what form the module keeps vectors. */
public enum VectorStorage {
  /** 4 bytes for each dimension. */
  FLOAT32,
  /**
   * 1 byte for each dimension. What the module finds with these is scored again with the vectors
   * themselves, so that scores are exact; which vectors are found is not.
   */
  INT8
}
