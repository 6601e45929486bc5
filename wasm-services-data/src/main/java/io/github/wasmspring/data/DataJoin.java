package io.github.wasmspring.data;

/**
 * Which rows come out of a join. The module numbers the first four in this order; whoever keeps the
 * right side adds what the others have more.
 */
public enum DataJoin {
  /** Each pair of rows with equal keys. */
  INNER,
  /** The same, and rows of the left side without a partner. */
  LEFT,
  /** Rows of the left side that have a partner, once, without the columns of the right. */
  SEMI,
  /** Rows of the left side that have none. */
  ANTI,
  /** Each pair, and rows of the right side without a partner; these come last, in their order. */
  RIGHT,
  /** Each pair, and rows of either side without a partner; those of the right come last. */
  FULL;

  /** Whether rows of the left side come out that have no partner. */
  boolean keepsLeft() {
    return this == LEFT || this == ANTI || this == FULL;
  }

  /** The same of the right side. */
  boolean keepsRight() {
    return this == RIGHT || this == FULL;
  }

  /** What the module does for it. */
  DataJoin probed() {
    return switch (this) {
      case RIGHT -> INNER;
      case FULL -> LEFT;
      case INNER, LEFT, SEMI, ANTI -> this;
    };
  }
}
