package io.github.wasmspring.data;

/** Which rows come out of a join, in the order in which the module numbers them. */
public enum DataJoin {
  /** Each pair of rows with equal keys. */
  INNER,
  /** The same, and rows of the left side without a partner. */
  LEFT,
  /** Rows of the left side that have a partner, once, without the columns of the right. */
  SEMI,
  /** Rows of the left side that have none. */
  ANTI
}
