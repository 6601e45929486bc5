package io.github.wasmspring.internal.wasi;

/** How many bytes both output streams of a guest may still log. */
final class LogBudget {

  private long left;

  LogBudget(long limit) {
    this.left = limit;
  }

  /**
   * Takes one byte.
   *
   * @return whether there was none left, for the first time
   */
  boolean take() {
    return --this.left == -1;
  }

  boolean isUsedUp() {
    return this.left < 0;
  }
}
