package io.github.wasmspring.sqlite.tools;

import java.time.Duration;

/**
 * How a transaction is tried again that others stand in the way of.
 *
 * @param attempts the most, 1 for none but the first
 * @param firstDelay before the second attempt; it doubles, and each is shortened at random
 * @param longestDelay the most that it grows to
 */
public record TransactionSettings(int attempts, Duration firstDelay, Duration longestDelay) {

  /** Five attempts, after 10 to 200 ms, besides what {@code busy_timeout} waits. */
  public static final TransactionSettings DEFAULTS =
      new TransactionSettings(5, Duration.ofMillis(10), Duration.ofMillis(200));

  /**
   * @throws IllegalArgumentException if there is no attempt, or a delay is negative
   */
  public TransactionSettings {
    if (attempts < 1 || firstDelay.isNegative() || longestDelay.compareTo(firstDelay) < 0) {
      throw new IllegalArgumentException(
          "A transaction has at least one attempt, and delays from 0 that grow, but not attempts=%d, firstDelay=%s, longestDelay=%s"
              .formatted(attempts, firstDelay, longestDelay));
    }
  }
}
