package io.github.wasmspring.internal.pool;

import io.github.wasmspring.internal.tenant.TenantAccount;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Callers that wait for something to become free, served in the order in which they came or, where
 * they have tenants, in the order of what these have had. Handing over to a thread that sleeps
 * takes longer than most calls; so the first of them is woken, and who comes along meanwhile may be
 * quicker. If it finds nothing, what becomes free next is handed to it, and nobody may pass any
 * more.
 *
 * <h2>States of the line</h2>
 *
 * <ul>
 *   <li>Nobody waits: {@code length} is 0, the others are {@code false}.
 *   <li>Somebody sleeps: {@code length} is more. What is given back wakes the first.
 *   <li>The first is {@code woken}. What is given back now need not wake it again, as it has not
 *       looked yet.
 *   <li>The first was {@code passed}: it has looked and found nothing. What is given back is handed
 *       to it.
 * </ul>
 *
 * The lock guards all of that. {@code woken} and {@code passed} are about the first only: when it
 * is served, both end, and if another one is served in its place, both stay; when it leaves without
 * anything, for its time is over or it is interrupted, it wakes the next one, for it may have been
 * woken for something that is still there.
 *
 * <h2>What is read without the lock</h2>
 *
 * <ul>
 *   <li>{@code length}, by whoever gives something back. A waiter writes it before it looks for
 *       what is free, so whoever gives back after that look sees the waiter.
 *   <li>{@code woken}, likewise: it ends before the first looks.
 *   <li>{@code passed}, by whoever comes along. One who reads it too early is quicker once more.
 * </ul>
 *
 * This holds where giving back is ordered before reading. Where it is not, as in {@link
 * InstancePool}, somebody has to {@linkplain #tryServe look again} while there is a line.
 */
final class WaitingLine<T> {

  private final class Waiter {
    private final Condition awaited = WaitingLine.this.lock.newCondition();
    private final @Nullable TenantAccount tenant;
    private @Nullable T grant;

    private Waiter(@Nullable TenantAccount tenant) {
      this.tenant = tenant;
    }

    private double recentUse(long now) {
      return this.tenant == null ? 0 : this.tenant.recentUse(now);
    }
  }

  private final ReentrantLock lock = new ReentrantLock();
  private final Deque<Waiter> waiters = new ArrayDeque<>();
  private final Runnable onWait;
  private volatile int length;

  /** The first has been woken, and has not looked yet. */
  private volatile boolean woken;

  /** The first has looked and found nothing. */
  private volatile boolean passed;

  /**
   * @param onWait told that somebody begins to wait, and can be seen by {@link #length}
   */
  WaitingLine(Runnable onWait) {
    this.onWait = onWait;
  }

  int length() {
    return this.length;
  }

  /** Whether somebody who does not stand in line may take what is free. */
  boolean mayBePassed() {
    return !this.passed;
  }

  /**
   * Waits until something is free.
   *
   * @param free gives what is free, {@code null} if nothing is
   * @return {@code null} if nothing became free in time
   * @throws InterruptedException if the thread is interrupted before it is served
   */
  @Nullable T await(Supplier<@Nullable T> free, long nanos) throws InterruptedException {
    return await(free, nanos, null);
  }

  /**
   * The same for a tenant: while all wait for the same, those go first whose tenants have had the
   * least of late.
   */
  @Nullable T await(Supplier<@Nullable T> free, long nanos, @Nullable TenantAccount tenant)
      throws InterruptedException {
    this.lock.lockInterruptibly();
    Waiter self = new Waiter(tenant);
    try {
      this.waiters.addLast(self);
      this.length = this.waiters.size();
      // Whoever gave something back before the line could be seen woke nobody.
      serveLocked(free);
      if (self.grant == null) {
        this.onWait.run();
      }
      long left = nanos;
      while (self.grant == null && left > 0) {
        left = self.awaited.awaitNanos(left);
        if (self.grant == null && this.waiters.peekFirst() == self) {
          look(free);
        }
      }
      return self.grant;
    } catch (InterruptedException interrupted) {
      if (self.grant == null) {
        throw interrupted;
      }
      Thread.currentThread().interrupt();
      return self.grant;
    } finally {
      leave(self);
      this.lock.unlock();
    }
  }

  /** The first in line looks for itself, and for those behind it. */
  private void look(Supplier<@Nullable T> free) {
    this.woken = false;
    if (!serveLocked(free)) {
      this.passed = true;
    }
  }

  private void leave(Waiter gone) {
    boolean first = this.waiters.peekFirst() == gone;
    if (this.waiters.remove(gone)) {
      this.length = this.waiters.size();
    }
    if (first) {
      this.passed = false;
      wakeFirst();
    }
  }

  /** Something has become free, and may be passed by whoever comes along. */
  void freed(Supplier<@Nullable T> free) {
    if (this.length == 0 || this.woken && !this.passed) {
      return;
    }
    this.lock.lock();
    try {
      if (this.passed) {
        serveLocked(free);
      } else {
        wakeFirst();
      }
    } finally {
      this.lock.unlock();
    }
  }

  private void wakeFirst() {
    Waiter first = this.waiters.peekFirst();
    this.woken = first != null;
    if (first != null) {
      first.awaited.signal();
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

  /**
   * The same for a thread that must not wait: does nothing if another thread is at it. Whoever
   * queues for a lock behind a virtual thread waits until that thread has a carrier.
   */
  void tryServe(Supplier<@Nullable T> free) {
    if (this.length == 0 || !this.lock.tryLock()) {
      return;
    }
    try {
      serveLocked(free);
    } finally {
      this.lock.unlock();
    }
  }

  /** Whether there was something for the first. */
  private boolean serveLocked(Supplier<@Nullable T> free) {
    Waiter first = this.waiters.peekFirst();
    while (!this.waiters.isEmpty()) {
      T grant = free.get();
      if (grant == null) {
        break;
      }
      Waiter next = takeNext();
      next.grant = grant;
      next.awaited.signal();
    }
    boolean served = first != this.waiters.peekFirst();
    if (served) {
      this.passed = false;
      this.woken = false;
    }
    this.length = this.waiters.size();
    return served;
  }

  private Waiter takeNext() {
    Waiter next = this.waiters.element();
    if (next.tenant == null || this.waiters.size() == 1) {
      return this.waiters.removeFirst();
    }
    long now = System.nanoTime();
    double least = next.recentUse(now);
    for (Waiter each : this.waiters) {
      double use = each.recentUse(now);
      if (use < least) {
        next = each;
        least = use;
      }
    }
    this.waiters.remove(next);
    return next;
  }
}
