package io.github.wasmspring.pool;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Makes instances ahead of their borrowers, and does what else can wait, on one thread for all
 * pools, which ends when there is nothing to do for a while.
 */
public final class StockKeeper implements AutoCloseable {

  private static final int IDLE_SECONDS = 5;

  private final ThreadPoolExecutor thread;

  public StockKeeper() {
    this.thread =
        new ThreadPoolExecutor(
            1,
            1,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            StockKeeper::thread,
            new ThreadPoolExecutor.DiscardPolicy());
    this.thread.allowCoreThreadTimeOut(true);
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "wasm-stock");
    thread.setDaemon(true);
    return thread;
  }

  /** Runs it some time later; a pool has at most one of a kind in the queue. */
  void later(Runnable work) {
    this.thread.execute(work);
  }

  @Override
  public void close() {
    this.thread.shutdownNow();
  }
}
