package io.github.wasmspring.client;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Looks after pools that nobody uses any more. */
final class PoolHousekeeper implements AutoCloseable {

  private static final long PERIOD_SECONDS = 10;

  private final ScheduledExecutorService scheduler =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "wasm-pool-housekeeper");
            thread.setDaemon(true);
            return thread;
          });

  PoolHousekeeper(Runnable trim) {
    this.scheduler.scheduleWithFixedDelay(trim, PERIOD_SECONDS, PERIOD_SECONDS, TimeUnit.SECONDS);
  }

  @Override
  public void close() {
    this.scheduler.shutdownNow();
  }
}
