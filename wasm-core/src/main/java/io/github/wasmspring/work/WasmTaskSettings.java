package io.github.wasmspring.work;

import java.time.Duration;

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

  public static final WasmTaskSettings DEFAULTS =
      new WasmTaskSettings(
          Math.max(4, 2 * Runtime.getRuntime().availableProcessors()),
          10_000,
          WasmQueuePolicy.CALLER_RUNS,
          Duration.ofSeconds(5));

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

  public WasmTaskSettings withMaxThreads(int threads) {
    return new WasmTaskSettings(threads, this.queueCapacity, this.queuePolicy, this.queueTimeout);
  }

  public WasmTaskSettings withQueueCapacity(int calls) {
    return new WasmTaskSettings(this.maxThreads, calls, this.queuePolicy, this.queueTimeout);
  }

  public WasmTaskSettings withQueuePolicy(WasmQueuePolicy policy) {
    return new WasmTaskSettings(this.maxThreads, this.queueCapacity, policy, this.queueTimeout);
  }

  public WasmTaskSettings withQueueTimeout(Duration timeout) {
    return new WasmTaskSettings(this.maxThreads, this.queueCapacity, this.queuePolicy, timeout);
  }

  /** How many threads a module may have that says nothing itself: some are left for others. */
  int usualShare() {
    return Math.max(1, this.maxThreads - Math.max(1, this.maxThreads / 4));
  }
}
