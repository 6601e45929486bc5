package io.github.wasmspring.memory;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Deletes what has expired, in pieces, so that writers get between. */
final class MemoryPurge implements MemoryResources.Resource {

  private static final Logger logger = LoggerFactory.getLogger(MemoryPurge.class);
  private static final int ROWS_AT_ONCE = 200;

  private final MemoryWriter writer;
  private final MemoryVectors vectors;
  private final ScheduledExecutorService thread;
  private volatile boolean closed;

  /**
   * @param interval zero to do it only when asked
   */
  MemoryPurge(MemoryWriter writer, MemoryVectors vectors, Duration interval) {
    this.writer = writer;
    this.vectors = vectors;
    this.thread =
        Executors.newSingleThreadScheduledExecutor(
            work -> {
              Thread made = new Thread(work, "wasm-memory-purge");
              made.setDaemon(true);
              return made;
            });
    if (!interval.isZero()) {
      long nanos = interval.toNanos();
      this.thread.scheduleWithFixedDelay(this::inBackground, nanos, nanos, TimeUnit.NANOSECONDS);
    }
  }

  private void inBackground() {
    try {
      now();
    } catch (RuntimeException failure) {
      if (!this.closed) {
        logger.warn(
            "The agent memory could not delete what has expired, and tries again later: {}",
            failure.getMessage(),
            failure);
      }
    }
  }

  /** How many versions have gone. */
  int now() {
    int all = 0;
    int gone;
    do {
      gone =
          this.writer.write(
              transaction ->
                  new EntryRemoval(transaction, this.vectors).expired(null, ROWS_AT_ONCE));
      all += gone;
    } while (gone == ROWS_AT_ONCE && !this.closed);
    return all;
  }

  @Override
  public void close() {
    this.closed = true;
    this.thread.shutdownNow();
  }
}
