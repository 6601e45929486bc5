package io.github.wasmspring.sandbox;

import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Makes the threads that the guests of one module start, named {@code wasm-thread-<id>-<n>}. */
public final class GuestThreadFactory implements ThreadFactory {

  private final String prefix;
  private final AtomicLong made = new AtomicLong();
  private final AtomicInteger running = new AtomicInteger();

  public GuestThreadFactory(String module) {
    this.prefix = "wasm-thread-" + module + "-";
  }

  @Override
  public Thread newThread(Runnable guest) {
    Thread thread = new Thread(() -> run(guest), this.prefix + this.made.incrementAndGet());
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
