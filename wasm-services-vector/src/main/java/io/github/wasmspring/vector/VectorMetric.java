package io.github.wasmspring.vector;

/** How alike two vectors are. The higher a score, the nearer they are. */
public enum VectorMetric {
  /** The cosine of the angle between them, from -1 to 1. No vector may be zero. */
  COSINE,
  /** Their dot product. */
  DOT,
  /** The square of their Euclidean distance, negated: 0 for equal vectors, else below. */
  L2
}
