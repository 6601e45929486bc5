package io.github.wasmspring.sandbox;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Stops guest code that runs past its deadline by interrupting its thread. One thread looks at all
 * running calls every few milliseconds, and sleeps while there are none; deadlines are counted in
 * its ticks, so that a call need not read the clock.
 */
public final class CallWatchdog implements AutoCloseable {

  private static final Duration TICK = Duration.ofMillis(5);
  private static final int IDLE_TICKS_BEFORE_SLEEP = 200;

  private final Set<CallGuard> guards = ConcurrentHashMap.newKeySet();
  private final Set<Runnable> watched = ConcurrentHashMap.newKeySet();
  private final Thread thread;
  private volatile long tick;
  private volatile boolean asleep;
  private volatile boolean closed;

  public CallWatchdog() {
    this.thread = new Thread(this::run, "wasm-watchdog");
    this.thread.setDaemon(true);
    this.thread.start();
  }

  /** A guard for the calls of one instance; to be given back with {@link #release}. */
  public CallGuard guard() {
    return guard(null);
  }

  /**
   * The same, for calls that {@link #running} shows.
   *
   * @param program what they run, {@code null} if they are not to be shown
   */
  public CallGuard guard(@Nullable GuestProgram program) {
    CallGuard guard = new CallGuard(this, program);
    this.guards.add(guard);
    return guard;
  }

  /** The calls that run at the moment. */
  public List<RunningCall> running() {
    List<RunningCall> running = new ArrayList<>();
    for (CallGuard guard : this.guards) {
      RunningCall call = guard.running();
      if (call != null) {
        running.add(call);
      }
    }
    return running;
  }

  public void release(CallGuard guard) {
    this.guards.remove(guard);
  }

  /**
   * Has something done every few milliseconds while calls run, and for a while after. It must be
   * quick.
   */
  public void everyTick(Runnable look) {
    this.watched.add(look);
  }

  public void forget(Runnable look) {
    this.watched.remove(look);
  }

  /** A timeout in ticks, rounded up. */
  public static long ticks(Duration timeout) {
    long millis = Math.min(timeout.toMillis(), Duration.ofDays(365).toMillis());
    return Math.max(1, (millis + TICK.toMillis() - 1) / TICK.toMillis()) + 1;
  }

  long now() {
    return this.tick;
  }

  void wake() {
    if (this.asleep) {
      LockSupport.unpark(this.thread);
    }
  }

  private void run() {
    int idleTicks = 0;
    long next = System.nanoTime() + TICK.toNanos();
    while (!this.closed) {
      LockSupport.parkNanos(next - System.nanoTime());
      long late = System.nanoTime() - next;
      if (late < 0) {
        continue;
      }
      // The clock advances by as many ticks as have passed, however late this thread was woken.
      long passed = 1 + late / TICK.toNanos();
      next += passed * TICK.toNanos();
      this.tick += passed;
      idleTicks = checkAll() ? 0 : idleTicks + 1;
      this.watched.forEach(Runnable::run);
      if (idleTicks > IDLE_TICKS_BEFORE_SLEEP) {
        sleepUntilCalled();
        idleTicks = 0;
        next = System.nanoTime() + TICK.toNanos();
      }
    }
  }

  private boolean checkAll() {
    boolean running = false;
    boolean announced = false;
    for (CallGuard guard : this.guards) {
      running |= guard.isEntered();
      announced |= guard.check(this.tick);
    }
    while (announced && !this.closed) {
      LockSupport.parkNanos(CallGuard.NOTICE_NANOS);
      announced = false;
      for (CallGuard guard : this.guards) {
        announced |= guard.isAnnounced() && guard.check(this.tick);
      }
    }
    return running;
  }

  private void sleepUntilCalled() {
    this.asleep = true;
    try {
      // Who has entered without seeing that nobody watches is seen to have entered by then.
      LockSupport.parkNanos(TICK.toNanos());
      while (!this.closed && this.guards.stream().noneMatch(CallGuard::isEntered)) {
        LockSupport.park(this);
      }
    } finally {
      this.asleep = false;
    }
  }

  @Override
  public void close() {
    this.closed = true;
    LockSupport.unpark(this.thread);
  }
}
