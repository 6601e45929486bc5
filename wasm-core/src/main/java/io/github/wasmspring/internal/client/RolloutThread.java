package io.github.wasmspring.internal.client;

import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where rollouts are judged and what was replaced is looked after; a thread only while there are.
 * What ends a rollout may load modules, and has a thread of its own: nobody else waits for that.
 */
final class RolloutThread implements AutoCloseable {

  private static final Logger logger = LoggerFactory.getLogger(RolloutThread.class);

  private static final Duration IDLE = Duration.ofSeconds(5);

  private final ScheduledThreadPoolExecutor scheduler =
      new ScheduledThreadPoolExecutor(
          1,
          task -> {
            Thread thread = new Thread(task, "wasm-rollouts");
            thread.setDaemon(true);
            return thread;
          });

  private final ThreadPoolExecutor endings =
      new ThreadPoolExecutor(
          0,
          Integer.MAX_VALUE,
          IDLE.toMillis(),
          TimeUnit.MILLISECONDS,
          new SynchronousQueue<>(),
          task -> {
            Thread thread = new Thread(task, "wasm-rollout-end");
            thread.setDaemon(true);
            return thread;
          });

  RolloutThread() {
    this.scheduler.setRemoveOnCancelPolicy(true);
    this.scheduler.setKeepAliveTime(IDLE.toMillis(), TimeUnit.MILLISECONDS);
    this.scheduler.allowCoreThreadTimeOut(true);
  }

  /**
   * Until it is cancelled.
   *
   * @return {@code null} after {@link #close}
   */
  @Nullable ScheduledFuture<?> repeat(Runnable task, long nanos) {
    try {
      return this.scheduler.scheduleWithFixedDelay(
          safely(task), nanos, nanos, TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException closed) {
      return null;
    }
  }

  /** Does at once what may take its time; nothing after {@link #close}. */
  void run(Runnable task) {
    try {
      this.endings.execute(safely(task));
    } catch (RejectedExecutionException closed) {
      logger.debug("Nothing is rolled out any more", closed);
    }
  }

  /** A task that fails is not run again otherwise. */
  private static Runnable safely(Runnable task) {
    return () -> {
      try {
        task.run();
      } catch (Throwable failure) {
        logger.warn("Looking after the rollouts of WebAssembly modules failed", failure);
      }
    };
  }

  @Override
  public void close() {
    this.scheduler.shutdownNow();
    this.endings.shutdownNow();
  }
}
