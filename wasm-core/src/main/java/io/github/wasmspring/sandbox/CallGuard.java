package io.github.wasmspring.sandbox;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * Watches over the calls of one instance, one at a time. Entering and leaving cost a few volatile
 * accesses; the watchdog does the rest. The states make sure that an interrupt hits the call that
 * is too late and no other code: whoever leaves while the watchdog is about to interrupt waits for
 * it and takes the interrupt back.
 */
public final class CallGuard {

  private static final int IDLE = 0;
  private static final int RUNNING = 1;
  private static final int FIRING = 2;
  private static final int FIRED = 3;

  private static final VarHandle STATE;

  static {
    try {
      STATE = MethodHandles.lookup().findVarHandle(CallGuard.class, "state", int.class);
    } catch (ReflectiveOperationException impossible) {
      throw new ExceptionInInitializerError(impossible);
    }
  }

  private final CallWatchdog watchdog;
  private @Nullable Thread thread;
  private long deadlineTick;
  private boolean wasInterrupted;
  private volatile int state = IDLE;

  CallGuard(CallWatchdog watchdog) {
    this.watchdog = watchdog;
  }

  /**
   * The calling thread is about to run guest code.
   *
   * @param timeoutTicks from {@link CallWatchdog#ticks}
   */
  public void enter(long timeoutTicks) {
    this.thread = Thread.currentThread();
    this.deadlineTick = this.watchdog.now() + timeoutTicks;
    this.state = RUNNING;
    this.watchdog.wake();
  }

  /**
   * The guest code has ended, in whatever way.
   *
   * @return whether it was stopped; if so, the interrupt flag that this took is gone
   */
  public boolean leave() {
    if (STATE.compareAndSet(this, RUNNING, IDLE)) {
      return false;
    }
    while (!STATE.compareAndSet(this, FIRED, IDLE)) {
      Thread.onSpinWait();
    }
    if (!this.wasInterrupted) {
      Thread.interrupted();
    }
    return true;
  }

  boolean isRunning() {
    return this.state == RUNNING;
  }

  /** Whether a call runs, be it that it is being stopped. */
  boolean isEntered() {
    return this.state != IDLE;
  }

  /** Stops the call at once, in time or not. The caller makes sure that it can't end meanwhile. */
  void stop() {
    while (this.state == RUNNING || this.state == FIRING) {
      if (STATE.compareAndSet(this, RUNNING, FIRING)) {
        fire();
        return;
      }
      Thread.onSpinWait();
    }
  }

  /** Interrupts the call if it is too late. */
  void check(long tick) {
    if (this.state == FIRED) {
      interruptAgain();
      return;
    }
    if (this.state != RUNNING
        || tick - this.deadlineTick < 0
        || !STATE.compareAndSet(this, RUNNING, FIRING)) {
      return;
    }
    // The call may have changed between the test and the state change: look again.
    if (tick - this.deadlineTick < 0) {
      this.state = RUNNING;
      return;
    }
    fire();
  }

  private void fire() {
    Thread late = this.thread;
    if (late != null) {
      this.wasInterrupted = late.isInterrupted();
      late.interrupt();
    }
    this.state = FIRED;
  }

  /** A host function may have swallowed the first interrupt. */
  private void interruptAgain() {
    Thread late = this.thread;
    if (late != null && STATE.compareAndSet(this, FIRED, FIRING)) {
      late.interrupt();
      this.state = FIRED;
    }
  }
}
