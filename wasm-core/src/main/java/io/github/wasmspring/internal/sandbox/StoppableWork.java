package io.github.wasmspring.internal.sandbox;

import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Work that another thread does, and is interrupted in. An executor takes back an interrupt that
 * comes before it begins with the work, and one that comes after it would be for the next.
 */
final class StoppableWork<T extends @Nullable Object> implements Callable<T> {

  private final Supplier<T> work;
  private @Nullable Thread worker;
  private boolean isStopped;

  StoppableWork(Supplier<T> work) {
    this.work = work;
  }

  @Override
  public T call() {
    begin();
    try {
      return this.work.get();
    } finally {
      end();
    }
  }

  private synchronized void begin() {
    this.worker = Thread.currentThread();
    if (this.isStopped) {
      this.worker.interrupt();
    }
  }

  private synchronized void end() {
    this.worker = null;
  }

  synchronized void stop() {
    this.isStopped = true;
    if (this.worker != null) {
      this.worker.interrupt();
    }
  }
}
