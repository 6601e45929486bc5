package io.github.wasmspring.sandbox;

import io.github.wasmspring.WasmExecutionException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * Watches over the calls of one instance, one at a time. Entering and leaving are a few plain
 * writes and reads without an atomic operation, as they happen in every call. So a call that is too
 * late is stopped in two steps: the watchdog announces that it will, and looks again a while later.
 * Whoever leaves in between is long seen to have left by then, or has seen the announcement and
 * waits for the lock: an interrupt hits the call that is too late and no other code.
 */
public final class CallGuard {

  private static final VarHandle RUNNING;

  static {
    try {
      RUNNING = MethodHandles.lookup().findVarHandle(CallGuard.class, "running", boolean.class);
    } catch (ReflectiveOperationException impossible) {
      throw new ExceptionInInitializerError(impossible);
    }
  }

  /**
   * From the announcement to the interrupt: a write of another processor is seen after far less.
   */
  static final long NOTICE_NANOS = 200_000;

  private final CallWatchdog watchdog;
  private final @Nullable GuestProgram program;
  private @Nullable Thread thread;
  private long deadlineTick;
  private long calls;
  private volatile boolean running;

  private volatile boolean announced;
  private long announcedCall;
  private long announcedAt;
  private boolean fired;
  private boolean wasInterrupted;

  /**
   * @param program what the calls run, {@code null} if nobody is to know
   */
  CallGuard(CallWatchdog watchdog, @Nullable GuestProgram program) {
    this.watchdog = watchdog;
    this.program = program;
  }

  /**
   * The calling thread is about to run guest code.
   *
   * @param timeoutTicks from {@link CallWatchdog#ticks}
   * @throws WasmExecutionException {@code REJECTED} if nobody would stop it; it has not been
   *     entered
   */
  public void enter(long timeoutTicks) {
    Thread current = Thread.currentThread();
    // Writing a reference costs the collector's barriers, and mostly it is there already.
    if (this.thread != current) {
      this.thread = current;
    }
    this.deadlineTick = this.watchdog.now() + timeoutTicks;
    this.calls++;
    RUNNING.setRelease(this, true);
    try {
      this.watchdog.wake();
    } catch (Throwable unwatched) {
      leave();
      throw unwatched;
    }
  }

  /**
   * The guest code has ended, in whatever way.
   *
   * @return whether it was stopped; if so, the interrupt flag that this took is gone
   */
  public boolean leave() {
    RUNNING.setRelease(this, false);
    return this.announced && leaveAnnounced();
  }

  private synchronized boolean leaveAnnounced() {
    boolean stopped = this.fired;
    if (stopped && !this.wasInterrupted) {
      Thread.interrupted();
    }
    this.fired = false;
    this.announced = false;
    return stopped;
  }

  /** What runs, {@code null} if nothing does. */
  @Nullable RunningCall running() {
    if (this.program == null || !this.running) {
      return null;
    }
    Thread running = this.thread;
    return running == null ? null : new RunningCall(running, this.program, this);
  }

  @Nullable Thread thread() {
    return this.thread;
  }

  /** Whether a call runs, be it that it is being stopped. */
  boolean isEntered() {
    return this.running;
  }

  /** Whether the call has been stopped, and has not left yet. */
  synchronized boolean isStopped() {
    return this.fired;
  }

  /** Whether the call is about to be stopped. */
  boolean isAnnounced() {
    return this.announced;
  }

  /** Stops the call at once, in time or not. The caller makes sure that it can't end meanwhile. */
  synchronized void stop() {
    if (this.running && !this.fired) {
      this.announced = true;
      this.announcedCall = this.calls;
      fire();
    }
  }

  /**
   * Stops the call if it is too late.
   *
   * @return whether to look again after {@link #NOTICE_NANOS}
   */
  boolean check(long tick) {
    if (!this.running && !this.announced || tick - this.deadlineTick < 0 && !this.announced) {
      return false;
    }
    return checkLate(tick);
  }

  private synchronized boolean checkLate(long tick) {
    if (this.fired) {
      interruptAgain();
      return false;
    }
    boolean same = this.announced && this.announcedCall == this.calls;
    if (!this.running || tick - this.deadlineTick < 0) {
      this.announced = false;
      return false;
    }
    if (!same) {
      this.announcedCall = this.calls;
      this.announcedAt = System.nanoTime();
      this.announced = true;
      return true;
    }
    if (System.nanoTime() - this.announcedAt < NOTICE_NANOS) {
      return true;
    }
    fire();
    return false;
  }

  private void fire() {
    Thread late = this.thread;
    if (late != null) {
      this.wasInterrupted = late.isInterrupted();
      this.fired = true;
      late.interrupt();
    }
  }

  /** A host function may have swallowed the first interrupt. */
  private void interruptAgain() {
    Thread late = this.thread;
    if (late != null && this.running) {
      late.interrupt();
    }
  }
}
