package io.github.wasmspring.internal.sandbox;

import io.github.wasmspring.WasmExecutionException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * Watches over the calls of one instance, one at a time. An interrupt hits the call that is too
 * late, and no other code of its thread.
 *
 * <h2>States</h2>
 *
 * <ul>
 *   <li>{@code QUIET}: nobody wants to stop the call.
 *   <li>{@code ANNOUNCED}: it is too late. Only the watchdog announces, and takes it back where the
 *       call has ended meanwhile.
 *   <li>{@code STOPPING}: the watchdog, or whoever cancels the call, interrupts its thread at this
 *       very moment. Nobody else may change the state; the call can't leave meanwhile.
 *   <li>{@code STOPPED}: it has been interrupted. The watchdog goes to {@code STOPPING} and back
 *       with every tick, as a host function may have swallowed the interrupt.
 * </ul>
 *
 * The call that leaves goes back to {@code QUIET}. All changes are made by {@code compareAndSet},
 * which fails where somebody else was quicker. The watchdog does not try again before its next
 * look: it waits for nobody.
 *
 * <h2>What is read and written without an atomic operation</h2>
 *
 * Entering and leaving happen in every call and are plain writes, one release write and a read of
 * the state. Whoever sees {@code running} sees what entering wrote before. But a call may leave
 * without seeing an announcement that is made at this moment, and the watchdog not see that it has
 * left. Therefore it looks again after {@link #NOTICE_NANOS}, counted from when the announcement
 * was made: by then it sees that the call has left, or that another one has entered by its number,
 * and begins anew. A call that leaves later sees the announcement and takes it back, and the
 * interrupt fails.
 *
 * <p>{@code announcedCall}, {@code announcedAt}, {@code seenCall} and {@code missed} are the
 * watchdog's alone. {@code wasInterrupted} is written in {@code STOPPING} and read after it.
 */
public final class CallGuard {

  private static final VarHandle RUNNING;
  private static final VarHandle STATE;

  static {
    try {
      MethodHandles.Lookup lookup = MethodHandles.lookup();
      RUNNING = lookup.findVarHandle(CallGuard.class, "running", boolean.class);
      STATE = lookup.findVarHandle(CallGuard.class, "state", int.class);
    } catch (ReflectiveOperationException impossible) {
      throw new ExceptionInInitializerError(impossible);
    }
  }

  /**
   * From the announcement to the interrupt: a write of another processor is seen after far less.
   */
  static final long NOTICE_NANOS = 200_000;

  private static final int QUIET = 0;
  private static final int ANNOUNCED = 1;
  private static final int STOPPING = 2;
  private static final int STOPPED = 3;

  private final CallWatchdog watchdog;
  private final @Nullable GuestProgram program;
  private @Nullable Thread thread;
  private long deadlineTick;
  private long calls;
  private volatile boolean running;

  private volatile boolean expired;

  private volatile int state;
  private long announcedCall;
  private long announcedAt;
  private long seenCall;

  /** How many ticks were over before the call that was seen last had begun, at most. */
  private long missed;

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
    return this.state != QUIET && leaveNoticed();
  }

  private boolean leaveNoticed() {
    int seen = this.state;
    while (seen == STOPPING || !STATE.compareAndSet(this, seen, QUIET)) {
      Thread.yield();
      seen = this.state;
    }
    if (seen == STOPPED && !this.wasInterrupted) {
      Thread.interrupted();
    }
    return seen == STOPPED;
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
  boolean isStopped() {
    return this.state == STOPPED;
  }

  /** Whether the call is about to be stopped. */
  boolean isAnnounced() {
    return this.state == ANNOUNCED;
  }

  /**
   * From now on whatever runs is too late, and is stopped as what runs past its deadline: by the
   * watchdog, which sees to it that nothing else is hit.
   */
  public void expire() {
    this.expired = true;
    this.watchdog.wake();
  }

  public boolean isExpired() {
    return this.expired;
  }

  /** Stops the call at once, in time or not. The caller makes sure that it can't end meanwhile. */
  void stop() {
    int seen = this.state;
    while (this.running && seen < STOPPING && !stop(seen)) {
      seen = this.state;
    }
  }

  /**
   * Stops the call if it is too late; for the watchdog's thread alone. A call that begins while the
   * watchdog gets no processor takes a time that is over, and must not end earlier for it.
   *
   * @param passed how many ticks have passed since the last look, 1 if it is in time
   * @return whether to look again after {@link #NOTICE_NANOS}
   */
  boolean check(long tick, long passed) {
    boolean late = this.running && (isOver(tick, passed) || this.expired);
    int seen = this.state;
    if (seen == QUIET) {
      return late && announce(QUIET);
    }
    if (seen == ANNOUNCED) {
      return checkAnnounced(late);
    }
    if (seen == STOPPED && this.running) {
      stop(STOPPED);
    }
    return false;
  }

  private boolean isOver(long tick, long passed) {
    if (this.seenCall != this.calls) {
      this.seenCall = this.calls;
      this.missed = passed - 1;
    }
    return tick - this.deadlineTick - this.missed >= 0;
  }

  private boolean announce(int from) {
    this.announcedCall = this.calls;
    boolean announced = STATE.compareAndSet(this, from, ANNOUNCED);
    this.announcedAt = System.nanoTime();
    return announced;
  }

  private boolean checkAnnounced(boolean late) {
    if (!late) {
      STATE.compareAndSet(this, ANNOUNCED, QUIET);
      return false;
    }
    if (this.announcedCall != this.calls) {
      return announce(ANNOUNCED);
    }
    if (System.nanoTime() - this.announcedAt < NOTICE_NANOS) {
      return true;
    }
    stop(ANNOUNCED);
    return false;
  }

  private boolean stop(int from) {
    if (!STATE.compareAndSet(this, from, STOPPING)) {
      return false;
    }
    try {
      Thread late = this.thread;
      if (late != null) {
        this.wasInterrupted = from == STOPPED ? this.wasInterrupted : late.isInterrupted();
        late.interrupt();
      }
    } finally {
      this.state = STOPPED;
    }
    return true;
  }
}
