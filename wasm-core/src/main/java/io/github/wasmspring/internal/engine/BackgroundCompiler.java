package io.github.wasmspring.internal.engine;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Compiles what nobody waits for, in the order in which it was asked for, on few threads of low
 * priority, which end when there is nothing to do for a while.
 */
public final class BackgroundCompiler implements AutoCloseable {

  private static final int IDLE_SECONDS = 5;

  private final AtomicInteger number = new AtomicInteger();
  private final ThreadPoolExecutor threads;

  /**
   * @param most how many threads may compile at the same time
   */
  public BackgroundCompiler(int most) {
    this.threads =
        new ThreadPoolExecutor(
            most, most, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), this::thread);
    this.threads.allowCoreThreadTimeOut(true);
  }

  private Thread thread(Runnable work) {
    Thread thread = new Thread(work, "wasm-background-compiler-" + this.number.incrementAndGet());
    thread.setDaemon(true);
    thread.setPriority(Thread.MIN_PRIORITY);
    return thread;
  }

  /**
   * @return {@code false} if nothing is compiled any more
   */
  public boolean submit(Runnable compilation) {
    try {
      this.threads.execute(compilation);
      return true;
    } catch (RejectedExecutionException closed) {
      return false;
    }
  }

  /** Drops what was submitted, unless it has begun. */
  public void cancel(Runnable compilation) {
    this.threads.remove(compilation);
  }

  /** What waits is dropped; what has begun goes on, for an engine can't be stopped. */
  @Override
  public void close() {
    this.threads.shutdownNow();
  }
}
