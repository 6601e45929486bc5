package io.github.wasmspring.internal.sandbox;

import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.WasmExecutionException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stops guest code that runs past its deadline by interrupting its thread. One thread looks at all
 * running calls every few milliseconds, and sleeps while there are none; deadlines are counted in
 * its ticks, so that a call need not read the clock. Whatever is thrown in this thread, it goes on;
 * if it ends all the same, another takes its place: an application without it would have no
 * deadlines.
 *
 * <h2>Waits for nobody</h2>
 *
 * What has a lock, or is next in its queue, may be a virtual thread without a carrier, and the
 * carriers may be with endless loops that only this thread ends. So it takes no lock that others
 * wait for. All others may: what they wait for comes with the deadlines at the latest.
 *
 * <h2>Falling asleep</h2>
 *
 * Only its thread writes {@code tick} and {@code asleep}. A call writes that it runs, then reads
 * {@code asleep}, without a barrier between; the thread writes {@code asleep}, waits for a whole
 * tick, then looks whether a call runs. A call that has not seen {@code asleep} is seen after that
 * time, and one that has seen it wakes the thread, which parks only where nobody has called {@code
 * unpark} before. Whoever begins to wait for something {@linkplain #everyTick to be looked at}
 * reads {@code asleep} too, see {@link #wake()}. Somebody may be told to be woken who is awake: the
 * permit that stays makes one wait end too soon, and every wait looks at the clock.
 *
 * <p>A thread that ends is {@code asleep} and {@code ended}, in this order. It starts another one
 * itself; if it can't, the next call does, or is refused.
 */
public final class CallWatchdog implements AutoCloseable {

  private static final Logger logger = LoggerFactory.getLogger(CallWatchdog.class);

  private static final Duration TICK = Duration.ofMillis(5);
  private static final int MOST_TOLD = 3;
  private static final int IDLE_TICKS_BEFORE_SLEEP = 200;

  private final Set<CallGuard> guards = ConcurrentHashMap.newKeySet();
  private final Set<BooleanSupplier> watched = ConcurrentHashMap.newKeySet();
  private final Object replacing = new Object();
  private final Consumer<Throwable> reporter;
  private volatile Thread thread;
  private volatile long tick;
  private volatile boolean asleep;
  private volatile boolean ended;
  private volatile boolean closed;
  private int told;

  public CallWatchdog() {
    this(CallWatchdog::report);
  }

  /**
   * @param reporter told of failures in the watchdog's thread
   */
  CallWatchdog(Consumer<Throwable> reporter) {
    this.reporter = reporter;
    this.thread = newThread();
    this.thread.start();
  }

  private Thread newThread() {
    Thread made = new Thread(this::runUntilClosed, "wasm-watchdog");
    made.setDaemon(true);
    return made;
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
   * quick and wait for nobody, not for a lock either.
   *
   * @param look tells whether it is to be done though no call runs; whoever changes that answer to
   *     {@code true} calls {@link #wake}
   */
  public void everyTick(BooleanSupplier look) {
    this.watched.add(look);
  }

  public void forget(BooleanSupplier look) {
    this.watched.remove(look);
  }

  /** A timeout in ticks, rounded up. */
  public static long ticks(Duration timeout) {
    long millis = Math.min(timeout.toMillis(), Duration.ofDays(365).toMillis());
    return Math.max(1, (millis + TICK.toMillis() - 1) / TICK.toMillis()) + 1;
  }

  /** The timeout that became so many ticks, in milliseconds, rounded up to whole ticks. */
  public static long millis(long ticks) {
    return (ticks - 1) * TICK.toMillis();
  }

  long now() {
    return this.tick;
  }

  /**
   * There is something to look at.
   *
   * @throws WasmExecutionException {@code REJECTED} if there is no thread that would, and no room
   *     for another one
   */
  public void wake() {
    if (this.asleep) {
      LockSupport.unpark(this.thread);
      if (this.ended) {
        replaceForCaller();
      }
    }
  }

  private void replaceForCaller() {
    try {
      replace();
    } catch (OutOfMemoryError full) {
      throw new WasmExecutionException(
          WasmErrorCategory.REJECTED,
          "there is no room for the thread that keeps deadlines, and without it no guest runs: "
              + full.getMessage(),
          full);
    }
  }

  private void runUntilClosed() {
    try {
      while (!this.closed) {
        try {
          run();
        } catch (Throwable failure) {
          tell(failure);
        }
      }
    } finally {
      this.asleep = true;
      this.ended = true;
      replace();
    }
  }

  /** The next call tries again if there is no room for another thread now. */
  private void replace() {
    synchronized (this.replacing) {
      if (this.closed || !this.ended) {
        return;
      }
      Thread another = newThread();
      this.ended = false;
      try {
        another.start();
      } catch (Throwable full) {
        this.ended = true;
        throw full;
      }
      this.thread = another;
    }
  }

  /** Not often, as it may come again with every tick. What this fails with ends the thread. */
  private void tell(Throwable failure) {
    if (this.told < MOST_TOLD) {
      this.told++;
      this.reporter.accept(failure);
    }
  }

  /** On a thread of its own, as loggers have locks. */
  private static void report(Throwable failure) {
    Thread thread =
        new Thread(
            () ->
                logger.error(
                    "The watchdog of WebAssembly calls met a failure and goes on", failure),
            "wasm-watchdog-report");
    thread.setDaemon(true);
    thread.start();
  }

  private void run() {
    this.asleep = false;
    int idleTicks = 0;
    long next = System.nanoTime() + TICK.toNanos();
    while (!this.closed) {
      parkUntil(next);
      // The clock advances by as many ticks as have passed, however late this thread was woken.
      long passed = 1 + (System.nanoTime() - next) / TICK.toNanos();
      next += passed * TICK.toNanos();
      long now = this.tick + passed;
      this.tick = now;
      boolean running = checkAll(passed);
      boolean awaited = lookAtWatched();
      idleTicks = running || awaited ? 0 : idleTicks + 1;
      if (idleTicks > IDLE_TICKS_BEFORE_SLEEP) {
        sleepUntilCalled();
        idleTicks = 0;
        next = System.nanoTime() + TICK.toNanos();
      }
    }
  }

  /** Until that time and not for less, whoever wakes or interrupts this thread. */
  private void parkUntil(long time) {
    for (long left = time - System.nanoTime();
        left > 0 && !this.closed;
        left = time - System.nanoTime()) {
      LockSupport.parkNanos(left);
      // Nobody is meant to interrupt this thread, which would never wait again.
      Thread.interrupted();
    }
  }

  private boolean lookAtWatched() {
    boolean again = false;
    for (BooleanSupplier each : this.watched) {
      again |= look(each);
    }
    return again;
  }

  /** One that fails keeps neither the others from looking nor calls from being watched. */
  private boolean look(BooleanSupplier watched) {
    try {
      return watched.getAsBoolean();
    } catch (Throwable failure) {
      tell(failure);
      return false;
    }
  }

  private boolean checkAll(long passed) {
    boolean running = false;
    boolean announced = false;
    for (CallGuard guard : this.guards) {
      running |= guard.isEntered();
      announced |= guard.check(this.tick, passed);
    }
    while (announced && !this.closed) {
      parkUntil(System.nanoTime() + CallGuard.NOTICE_NANOS);
      announced = false;
      for (CallGuard guard : this.guards) {
        announced |= guard.isAnnounced() && guard.check(this.tick, 1);
      }
    }
    return running;
  }

  private void sleepUntilCalled() {
    this.asleep = true;
    try {
      // Who has entered without seeing that nobody watches is seen to have entered by then.
      parkUntil(System.nanoTime() + TICK.toNanos());
      while (!this.closed && !isAnyEntered() && !lookAtWatched()) {
        LockSupport.park(this);
        Thread.interrupted();
      }
    } finally {
      this.asleep = false;
    }
  }

  private boolean isAnyEntered() {
    for (CallGuard guard : this.guards) {
      if (guard.isEntered()) {
        return true;
      }
    }
    return false;
  }

  @Override
  public void close() {
    this.closed = true;
    LockSupport.unpark(this.thread);
  }
}
