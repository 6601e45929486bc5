package io.github.wasmspring.channel;

import java.time.Duration;

/**
 * What all routes have together.
 *
 * @param deliveryThreads how many messages are delivered at a time, by all routes together
 * @param maxPayload the most bytes that a message may have
 * @param maxHops how many messages in a row may be published while the one before is delivered;
 *     that ends messages that go in circles
 * @param deadLetters how many dead letters are kept to be looked at; the oldest make room
 * @param drainTimeout how long closing waits until all messages are delivered
 */
public record WasmChannelSettings(
    int deliveryThreads, int maxPayload, int maxHops, int deadLetters, Duration drainTimeout) {

  public static final WasmChannelSettings DEFAULTS =
      new WasmChannelSettings(
          Math.max(4, Runtime.getRuntime().availableProcessors()),
          64 << 10,
          16,
          100,
          Duration.ofSeconds(10));

  public WasmChannelSettings {
    if (deliveryThreads < 1 || maxPayload < 1 || maxHops < 1) {
      throw new IllegalArgumentException(
          "Channels need at least one thread, one byte of payload and one hop, not %d, %d and %d"
              .formatted(deliveryThreads, maxPayload, maxHops));
    }
    if (deadLetters < 0 || drainTimeout.isNegative()) {
      throw new IllegalArgumentException(
          "The number of dead letters that are kept and the time to drain must not be negative");
    }
  }
}
