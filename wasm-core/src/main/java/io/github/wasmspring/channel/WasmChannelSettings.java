package io.github.wasmspring.channel;

import java.time.Duration;
import java.util.function.Consumer;

/**
 * What all routes have together.
 *
 * @param deliveryThreads how many messages are delivered at a time, by all routes together
 * @param maxPayload the most bytes that a message may have, at most {@link Integer#MAX_VALUE}
 * @param maxHops how many messages in a row may be published while the one before is delivered;
 *     that ends messages that go in circles
 * @param deadLetters how many dead letters are kept to be looked at; the oldest make room
 * @param drainTimeout how long closing waits until all messages are delivered
 */
public record WasmChannelSettings(
    int deliveryThreads, long maxPayload, int maxHops, int deadLetters, Duration drainTimeout) {

  public static final WasmChannelSettings DEFAULTS = new Builder().build();

  /**
   * These settings, but for what is changed.
   *
   * @throws IllegalArgumentException if a value can never be; the message says which
   */
  public WasmChannelSettings with(Consumer<Builder> change) {
    Builder builder = toBuilder();
    change.accept(builder);
    return builder.build();
  }

  /** A builder that starts with these settings. */
  public Builder toBuilder() {
    return new Builder(this);
  }

  public WasmChannelSettings {
    if (deliveryThreads < 1 || maxPayload < 1 || maxHops < 1) {
      throw new IllegalArgumentException(
          "Channels need at least one thread, one byte of payload and one hop, not %d, %d and %d"
              .formatted(deliveryThreads, maxPayload, maxHops));
    }
    if (maxPayload > Integer.MAX_VALUE) {
      throw new IllegalArgumentException("A message can't be larger than 2 GB");
    }
    if (deadLetters < 0 || drainTimeout.isNegative()) {
      throw new IllegalArgumentException(
          "The number of dead letters that are kept and the time to drain must not be negative");
    }
  }

  /** Collects settings. What can never be is refused when they are built. */
  public static final class Builder {

    private int deliveryThreads = Math.max(4, Runtime.getRuntime().availableProcessors());
    private long maxPayload = 64 << 10;
    private int maxHops = 16;
    private int deadLetters = 100;
    private Duration drainTimeout = Duration.ofSeconds(10);

    private Builder() {}

    private Builder(WasmChannelSettings from) {
      this.deliveryThreads = from.deliveryThreads;
      this.maxPayload = from.maxPayload;
      this.maxHops = from.maxHops;
      this.deadLetters = from.deadLetters;
      this.drainTimeout = from.drainTimeout;
    }

    public Builder deliveryThreads(int threads) {
      this.deliveryThreads = threads;
      return this;
    }

    public Builder maxPayload(long bytes) {
      this.maxPayload = bytes;
      return this;
    }

    public Builder maxHops(int hops) {
      this.maxHops = hops;
      return this;
    }

    public Builder deadLetters(int letters) {
      this.deadLetters = letters;
      return this;
    }

    public Builder drainTimeout(Duration timeout) {
      this.drainTimeout = timeout;
      return this;
    }

    /**
     * @throws IllegalArgumentException if a value can never be; the message says which
     */
    public WasmChannelSettings build() {
      return new WasmChannelSettings(
          this.deliveryThreads, this.maxPayload, this.maxHops, this.deadLetters, this.drainTimeout);
    }
  }
}
