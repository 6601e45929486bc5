package io.github.wasmspring.pool;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Callers that wait for something to become free, served in the order in which they came: what
 * becomes free is handed to the first of them and can't be taken by somebody who came later.
 */
final class WaitingLine<T> {

  private final class Waiter {
    private final Condition served = WaitingLine.this.lock.newCondition();
    private @Nullable T grant;
  }

  private final ReentrantLock lock = new ReentrantLock();
  private final Deque<Waiter> waiters = new ArrayDeque<>();
  private volatile int length;

  int length() {
    return this.length;
  }

  /**
   * Waits until something is free.
   *
   * @param free gives what is free, {@code null} if nothing is
   * @return {@code null} if nothing became free in time
   * @throws InterruptedException if the thread is interrupted before it is served
   */
  @Nullable T await(Supplier<@Nullable T> free, long nanos) throws InterruptedException {
    this.lock.lockInterruptibly();
    Waiter self = new Waiter();
    try {
      this.waiters.addLast(self);
      this.length = this.waiters.size();
      // Whoever gave something back before the line could be seen did not hand it over.
      serveLocked(free);
      long left = nanos;
      while (self.grant == null && left > 0) {
        left = self.served.awaitNanos(left);
      }
      return self.grant;
    } catch (InterruptedException interrupted) {
      if (self.grant == null) {
        throw interrupted;
      }
      Thread.currentThread().interrupt();
      return self.grant;
    } finally {
      this.waiters.remove(self);
      this.length = this.waiters.size();
      this.lock.unlock();
    }
  }

  /** Something may have become free: hands it to those who wait. */
  void serve(Supplier<@Nullable T> free) {
    if (this.length == 0) {
      return;
    }
    this.lock.lock();
    try {
      serveLocked(free);
    } finally {
      this.lock.unlock();
    }
  }

  private void serveLocked(Supplier<@Nullable T> free) {
    while (!this.waiters.isEmpty()) {
      T grant = free.get();
      if (grant == null) {
        return;
      }
      Waiter first = this.waiters.removeFirst();
      first.grant = grant;
      first.served.signal();
    }
    this.length = this.waiters.size();
  }
}
