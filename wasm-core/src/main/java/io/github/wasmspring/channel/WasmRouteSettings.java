package io.github.wasmspring.channel;

import java.time.Duration;

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

  public static final WasmRouteSettings DEFAULTS =
      new WasmRouteSettings(
          1000,
          16L << 20,
          1,
          WasmFullPolicy.WAIT,
          Duration.ofSeconds(1),
          3,
          Duration.ofMillis(100));

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

  public WasmRouteSettings withCapacity(int messages) {
    return new WasmRouteSettings(
        messages,
        this.buffer,
        this.concurrency,
        this.whenFull,
        this.publishTimeout,
        this.maxAttempts,
        this.retryDelay);
  }

  public WasmRouteSettings withBuffer(long bytes) {
    return new WasmRouteSettings(
        this.capacity,
        bytes,
        this.concurrency,
        this.whenFull,
        this.publishTimeout,
        this.maxAttempts,
        this.retryDelay);
  }

  public WasmRouteSettings withConcurrency(int messages) {
    return new WasmRouteSettings(
        this.capacity,
        this.buffer,
        messages,
        this.whenFull,
        this.publishTimeout,
        this.maxAttempts,
        this.retryDelay);
  }

  public WasmRouteSettings withWhenFull(WasmFullPolicy policy) {
    return new WasmRouteSettings(
        this.capacity,
        this.buffer,
        this.concurrency,
        policy,
        this.publishTimeout,
        this.maxAttempts,
        this.retryDelay);
  }

  public WasmRouteSettings withPublishTimeout(Duration time) {
    return new WasmRouteSettings(
        this.capacity,
        this.buffer,
        this.concurrency,
        this.whenFull,
        time,
        this.maxAttempts,
        this.retryDelay);
  }

  public WasmRouteSettings withAttempts(int attempts, Duration delay) {
    return new WasmRouteSettings(
        this.capacity,
        this.buffer,
        this.concurrency,
        this.whenFull,
        this.publishTimeout,
        attempts,
        delay);
  }
}
