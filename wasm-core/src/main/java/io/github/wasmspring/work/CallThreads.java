package io.github.wasmspring.work;

import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Platform threads that end when there was nothing to do for a while. */
final class CallThreads implements Executor, AutoCloseable {

  private static final long KEEP_ALIVE_SECONDS = 30;

  private final AtomicInteger count = new AtomicInteger();
  private final ThreadPoolExecutor threads;

  CallThreads(int most) {
    this.threads =
        new ThreadPoolExecutor(
            most,
            most,
            KEEP_ALIVE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            this::make);
    this.threads.allowCoreThreadTimeOut(true);
  }

  private Thread make(Runnable work) {
    Thread thread = new Thread(work, "wasm-call-" + this.count.incrementAndGet());
    thread.setDaemon(true);
    return thread;
  }

  @Override
  public void execute(Runnable work) {
    this.threads.execute(work);
  }

  @Override
  public void close() {
    this.threads.shutdown();
  }
}
