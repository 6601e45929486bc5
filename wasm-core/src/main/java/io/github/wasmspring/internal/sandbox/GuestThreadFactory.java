package io.github.wasmspring.internal.sandbox;

import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Makes the threads that the guests of one module start, named {@code wasm-thread-<id>-<n>}. */
public final class GuestThreadFactory implements ThreadFactory {

  private final String prefix;
  private final long stack;
  private final AtomicLong made = new AtomicLong();
  private final AtomicInteger running = new AtomicInteger();

  /**
   * @param stack the bytes of stack of each, 0 for as many as the JVM gives threads
   */
  public GuestThreadFactory(String module, long stack) {
    this.stack = stack;
    this.prefix = "wasm-thread-" + module + "-";
  }

  @Override
  public Thread newThread(Runnable guest) {
    Thread thread =
        new Thread(null, () -> run(guest), this.prefix + this.made.incrementAndGet(), this.stack);
    thread.setDaemon(true);
    return thread;
  }

  private void run(Runnable guest) {
    this.running.incrementAndGet();
    try {
      guest.run();
    } finally {
      this.running.decrementAndGet();
    }
  }

  /** How many of them run at the moment. */
  public int running() {
    return this.running.get();
  }
}
