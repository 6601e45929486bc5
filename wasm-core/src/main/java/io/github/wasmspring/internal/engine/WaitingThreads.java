package io.github.wasmspring.internal.engine;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** The threads that wait at addresses of a shared memory, first come first served. */
public final class WaitingThreads {

  public static final int WOKEN = 0;
  public static final int NOT_EQUAL = 1;
  public static final int TIMED_OUT = 2;

  /** No answer for a guest: the thread is to stop. */
  public static final int INTERRUPTED = -1;

  private static final class Waiter {
    private final Thread thread = Thread.currentThread();
    private volatile boolean woken;
  }

  private final Map<Integer, Deque<Waiter>> lines = new HashMap<>();

  /**
   * How many threads wait or are about to. A thread raises it before it looks at the memory, and
   * whoever wakes looks at it after having written: one of them sees the other.
   */
  private volatile int count;

  /**
   * @param expected whether the memory still has what the thread wants to wait for the end of
   * @param nanos how long to wait, negative for as long as it takes
   * @return one of the constants above; {@link #INTERRUPTED} leaves the flag of the thread set
   */
  public int await(int address, BooleanSupplier expected, long nanos) {
    Waiter waiter = new Waiter();
    synchronized (this) {
      this.count++;
      if (!expected.getAsBoolean()) {
        this.count--;
        return NOT_EQUAL;
      }
      this.lines.computeIfAbsent(address, any -> new ArrayDeque<>()).addLast(waiter);
    }
    boolean interrupted = park(waiter, nanos);
    if (!waiter.woken && leave(address, waiter)) {
      return interrupted ? INTERRUPTED : TIMED_OUT;
    }
    return WOKEN;
  }

  /** Whether it was the interrupt that ended it. */
  private boolean park(Waiter waiter, long nanos) {
    long deadline = System.nanoTime() + nanos;
    while (!waiter.woken) {
      if (Thread.currentThread().isInterrupted()) {
        return true;
      }
      if (nanos < 0) {
        LockSupport.park(this);
        continue;
      }
      long left = deadline - System.nanoTime();
      if (left <= 0) {
        return false;
      }
      LockSupport.parkNanos(this, left);
    }
    return false;
  }

  /** Whether it still stood in line, so that nobody has woken it. */
  private synchronized boolean leave(int address, Waiter waiter) {
    Deque<Waiter> line = this.lines.get(address);
    if (line == null || !line.remove(waiter)) {
      return false;
    }
    this.count--;
    if (line.isEmpty()) {
      this.lines.remove(address);
    }
    return true;
  }

  /**
   * @param most how many to wake at most, unsigned
   * @return how many were woken
   */
  public int wake(int address, int most) {
    return this.count == 0 ? 0 : wakeInLine(address, Integer.toUnsignedLong(most));
  }

  private synchronized int wakeInLine(int address, long most) {
    Deque<Waiter> line = this.lines.get(address);
    int woken = 0;
    while (line != null && woken < most && !line.isEmpty()) {
      Waiter waiter = line.removeFirst();
      waiter.woken = true;
      LockSupport.unpark(waiter.thread);
      woken++;
    }
    this.count -= woken;
    if (line != null && line.isEmpty()) {
      this.lines.remove(address);
    }
    return woken;
  }
}
