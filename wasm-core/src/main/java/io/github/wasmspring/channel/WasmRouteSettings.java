package io.github.wasmspring.channel;

import java.time.Duration;
import java.util.function.Consumer;

/**
 * How a route queues and delivers.
 *
 * @param capacity the most messages that wait in the queue
 * @param buffer the most bytes of payload that wait in the queue
 * @param concurrency how many messages are delivered at a time; with 1, in the order in which they
 *     came
 * @param whenFull what becomes of a message for which there is no room
 * @param publishTimeout how long a publisher waits for room, where it does
 * @param maxAttempts how often the delivery of a message is tried, for failures that may pass
 * @param retryDelay between two attempts
 */
public record WasmRouteSettings(
    int capacity,
    long buffer,
    int concurrency,
    WasmFullPolicy whenFull,
    Duration publishTimeout,
    int maxAttempts,
    Duration retryDelay) {

  public static final WasmRouteSettings DEFAULTS = new Builder().build();

  /**
   * These settings, but for what is changed.
   *
   * @throws IllegalArgumentException if a value can never be; the message says which
   */
  public WasmRouteSettings with(Consumer<Builder> change) {
    Builder builder = toBuilder();
    change.accept(builder);
    return builder.build();
  }

  /** A builder that starts with these settings. */
  public Builder toBuilder() {
    return new Builder(this);
  }

  public WasmRouteSettings {
    if (capacity < 1 || buffer < 1 || concurrency < 1 || maxAttempts < 1) {
      throw new IllegalArgumentException(
          "The capacity, buffer, concurrency and attempts of a route must be positive, not %d, %d, %d and %d"
              .formatted(capacity, buffer, concurrency, maxAttempts));
    }
    if (publishTimeout.isNegative() || retryDelay.isNegative()) {
      throw new IllegalArgumentException("The times of a route must not be negative");
    }
  }

  /** Collects settings of a route. What can never be is refused when they are built. */
  public static final class Builder {

    private int capacity = 1000;
    private long buffer = 16L << 20;
    private int concurrency = 1;
    private WasmFullPolicy whenFull = WasmFullPolicy.WAIT;
    private Duration publishTimeout = Duration.ofSeconds(1);
    private int maxAttempts = 3;
    private Duration retryDelay = Duration.ofMillis(100);

    private Builder() {}

    private Builder(WasmRouteSettings from) {
      this.capacity = from.capacity;
      this.buffer = from.buffer;
      this.concurrency = from.concurrency;
      this.whenFull = from.whenFull;
      this.publishTimeout = from.publishTimeout;
      this.maxAttempts = from.maxAttempts;
      this.retryDelay = from.retryDelay;
    }

    public Builder capacity(int messages) {
      this.capacity = messages;
      return this;
    }

    public Builder buffer(long bytes) {
      this.buffer = bytes;
      return this;
    }

    public Builder concurrency(int messages) {
      this.concurrency = messages;
      return this;
    }

    public Builder whenFull(WasmFullPolicy policy) {
      this.whenFull = policy;
      return this;
    }

    public Builder publishTimeout(Duration timeout) {
      this.publishTimeout = timeout;
      return this;
    }

    public Builder maxAttempts(int attempts) {
      this.maxAttempts = attempts;
      return this;
    }

    public Builder retryDelay(Duration delay) {
      this.retryDelay = delay;
      return this;
    }

    /**
     * @throws IllegalArgumentException if a value can never be; the message says which
     */
    public WasmRouteSettings build() {
      return new WasmRouteSettings(
          this.capacity,
          this.buffer,
          this.concurrency,
          this.whenFull,
          this.publishTimeout,
          this.maxAttempts,
          this.retryDelay);
    }
  }
}
