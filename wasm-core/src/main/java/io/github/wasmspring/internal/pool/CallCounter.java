package io.github.wasmspring.internal.pool;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * Counts the calls of one instance that ended well. Written only by who holds the instance, so that
 * counting needs no atomic operation; read by anybody.
 *
 * <p>The holder reads its own numbers plainly: who had the instance before gave it back, which
 * orders them. Opaque writes are whole numbers, seen some time later. Others read one number after
 * the other, so that {@code nanos} may be of one call more or less than {@code timed}.
 */
public final class CallCounter {

  private static final VarHandle CALLS = handle("calls");
  private static final VarHandle TIMED = handle("timed");
  private static final VarHandle NANOS = handle("nanos");

  /** In place of a time. */
  private static final long UNTIMED = Long.MIN_VALUE;

  private long calls;
  private long begun;
  private long timed;
  private long nanos;
  private volatile boolean closed;

  /** How many calls there were when one last went another way to be recorded. */
  private long recordedAt = -1;

  private static VarHandle handle(String field) {
    try {
      return MethodHandles.lookup().findVarHandle(CallCounter.class, field, long.class);
    } catch (ReflectiveOperationException impossible) {
      throw new ExceptionInInitializerError(impossible);
    }
  }

  /**
   * Whether the call that comes now is to be recorded, elsewhere and not counted here; the holder
   * is told so only once until a call has ended here.
   */
  public boolean recordsNow() {
    if (this.recordedAt == this.calls) {
      return false;
    }
    this.recordedAt = this.calls;
    return true;
  }

  /** A call begins. */
  public void begin(boolean timed) {
    this.begun = timed ? System.nanoTime() : UNTIMED;
  }

  /**
   * The call that began last has ended.
   *
   * @return whether it was timed
   */
  public boolean end() {
    CALLS.setOpaque(this, this.calls + 1);
    return this.begun != UNTIMED;
  }

  /** The last call is timed, and has ended. */
  public long took() {
    long took = System.nanoTime() - this.begun;
    TIMED.setOpaque(this, this.timed + 1);
    NANOS.setOpaque(this, this.nanos + took);
    return took;
  }

  public long timed() {
    return (long) TIMED.getOpaque(this);
  }

  public long calls() {
    return (long) CALLS.getOpaque(this);
  }

  public long nanos() {
    return (long) NANOS.getOpaque(this);
  }

  /** The instance is gone, and nothing will be counted any more. */
  void close() {
    this.closed = true;
  }

  public boolean isClosed() {
    return this.closed;
  }
}
