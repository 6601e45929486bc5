package io.github.wasmspring.work;

import java.time.Duration;
import java.util.function.Consumer;

/**
 * How many calls that answer later may run and wait.
 *
 * @param maxThreads how many run at the same time at most, of all modules together
 * @param queueCapacity how many of one module wait for a thread at most
 * @param queuePolicy what becomes of the next one
 * @param queueTimeout how long a caller waits for room in the queue, with {@link
 *     WasmQueuePolicy#WAIT}
 */
public record WasmTaskSettings(
    int maxThreads, int queueCapacity, WasmQueuePolicy queuePolicy, Duration queueTimeout) {

  public static final WasmTaskSettings DEFAULTS = new Builder().build();

  /**
   * These settings, but for what is changed.
   *
   * @throws IllegalArgumentException if a value can never be; the message says which
   */
  public WasmTaskSettings with(Consumer<Builder> change) {
    Builder builder = toBuilder();
    change.accept(builder);
    return builder.build();
  }

  /** A builder that starts with these settings. */
  public Builder toBuilder() {
    return new Builder(this);
  }

  public WasmTaskSettings {
    if (maxThreads < 1) {
      throw new IllegalArgumentException("There must be at least one thread, not " + maxThreads);
    }
    if (queueCapacity < 0) {
      throw new IllegalArgumentException(
          "The capacity of a queue must not be negative, but it is " + queueCapacity);
    }
    if (queueTimeout.isNegative()) {
      throw new IllegalArgumentException(
          "The time to wait for room must not be negative, but it is " + queueTimeout);
    }
  }

  /** Collects settings. What can never be is refused when they are built. */
  public static final class Builder {

    private int maxThreads = Math.max(4, 2 * Runtime.getRuntime().availableProcessors());
    private int queueCapacity = 10_000;
    private WasmQueuePolicy queuePolicy = WasmQueuePolicy.CALLER_RUNS;
    private Duration queueTimeout = Duration.ofSeconds(5);

    private Builder() {}

    private Builder(WasmTaskSettings from) {
      this.maxThreads = from.maxThreads;
      this.queueCapacity = from.queueCapacity;
      this.queuePolicy = from.queuePolicy;
      this.queueTimeout = from.queueTimeout;
    }

    public Builder maxThreads(int threads) {
      this.maxThreads = threads;
      return this;
    }

    public Builder queueCapacity(int calls) {
      this.queueCapacity = calls;
      return this;
    }

    public Builder queuePolicy(WasmQueuePolicy policy) {
      this.queuePolicy = policy;
      return this;
    }

    public Builder queueTimeout(Duration timeout) {
      this.queueTimeout = timeout;
      return this;
    }

    /**
     * @throws IllegalArgumentException if a value can never be; the message says which
     */
    public WasmTaskSettings build() {
      return new WasmTaskSettings(
          this.maxThreads, this.queueCapacity, this.queuePolicy, this.queueTimeout);
    }
  }

  /** How many threads a module may have that says nothing itself: some are left for others. */
  int usualShare() {
    return Math.max(1, this.maxThreads - Math.max(1, this.maxThreads / 4));
  }
}
