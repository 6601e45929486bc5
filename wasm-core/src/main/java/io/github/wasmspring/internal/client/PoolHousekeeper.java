package io.github.wasmspring.internal.client;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks after pools that nobody uses any more. */
final class PoolHousekeeper implements AutoCloseable {

  private static final Logger logger = LoggerFactory.getLogger(PoolHousekeeper.class);

  private static final long TRIM_SECONDS = 10;
  private static final long SESSION_MILLIS = 500;

  private final ScheduledExecutorService scheduler =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "wasm-pool-housekeeper");
            thread.setDaemon(true);
            return thread;
          });

  /**
   * @param trim throws away what was idle for too long
   * @param checkSessions takes back what sessions should have given back
   */
  PoolHousekeeper(Runnable trim, Runnable checkSessions) {
    this.scheduler.scheduleWithFixedDelay(
        safely(trim), TRIM_SECONDS, TRIM_SECONDS, TimeUnit.SECONDS);
    this.scheduler.scheduleWithFixedDelay(
        safely(checkSessions), SESSION_MILLIS, SESSION_MILLIS, TimeUnit.MILLISECONDS);
  }

  /** A task that fails is not run again otherwise. */
  private static Runnable safely(Runnable task) {
    return () -> {
      try {
        task.run();
      } catch (Throwable failure) {
        logger.warn("Looking after the pools failed", failure);
      }
    };
  }

  @Override
  public void close() {
    this.scheduler.shutdownNow();
  }
}
