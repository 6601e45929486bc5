package io.github.wasmspring.internal.rollout;

import java.util.concurrent.ThreadLocalRandom;

/**
 * Deals out calls, a share of them to new code: never more, and never two less. When exactly is
 * left to chance, so that a caller who makes the same calls in the same order meets both sides with
 * each of them.
 */
public final class CanaryShare {

  private static final int CALL = 100;

  private final int percent;
  private int owed;

  public CanaryShare(int percent) {
    this.percent = percent;
  }

  /** Whether the next call is for the new code. */
  public synchronized boolean next() {
    if (this.percent == CALL) {
      return true;
    }
    this.owed += this.percent;
    boolean dealt =
        this.owed >= 2 * CALL || this.owed >= CALL && ThreadLocalRandom.current().nextBoolean();
    if (dealt) {
      this.owed -= CALL;
    }
    return dealt;
  }
}
