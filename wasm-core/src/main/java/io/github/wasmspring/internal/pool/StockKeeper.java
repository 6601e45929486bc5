package io.github.wasmspring.internal.pool;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Makes instances ahead of their borrowers, on one thread for all pools, which ends when there is
 * nothing to do for a while.
 */
public final class StockKeeper implements AutoCloseable {

  private static final int IDLE_SECONDS = 5;

  private final ThreadPoolExecutor thread;

  public StockKeeper() {
    this(StockKeeper::thread);
  }

  StockKeeper(ThreadFactory threads) {
    this.thread =
        new ThreadPoolExecutor(
            1, 1, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), threads);
    this.thread.allowCoreThreadTimeOut(true);
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "wasm-stock");
    thread.setDaemon(true);
    return thread;
  }

  /**
   * Runs it some time later; a pool has at most one in the queue.
   *
   * @return {@code false} if this is closed or there is no room for the thread now; it will not run
   */
  boolean later(Runnable work) {
    try {
      this.thread.execute(work);
      return true;
    } catch (RejectedExecutionException | OutOfMemoryError none) {
      this.thread.remove(work);
      return false;
    }
  }

  @Override
  public void close() {
    this.thread.shutdownNow();
  }
}
