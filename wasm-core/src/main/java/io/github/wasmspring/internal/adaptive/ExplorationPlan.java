package io.github.wasmspring.internal.adaptive;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * When the side that is not chosen is asked: at most twice within two hundred calls, never twice at
 * the same time, and what that costs more than the chosen side is at most 2 % of the time of all
 * calls, and 50 ms. Those are for classes that must be loaded and code that is cold; a side that
 * has used them up is asked more rarely the slower it is.
 *
 * <p>Short calls are made two in a row, as the first one of them finds cold caches and takes many
 * times what the next one does. Long ones are made one at a time.
 *
 * <p>{@code due} is the number of the call that explores next, {@code AT_ONCE}, or {@code
 * UNDER_WAY}. Who goes from a number to {@code UNDER_WAY} by {@code compareAndSet} owns the other
 * fields until it writes {@code due}: so they are read, computed and written without an atomic
 * operation, and are volatile for those who only read. {@link #chosenCosts} comes from any thread.
 * It computes from what may be of different moments, and brings {@code due} forward only if that
 * has not changed meanwhile: at worst one exploration comes too early.
 */
final class ExplorationPlan {

  /** Calls for each one that explores. */
  static final int LEAST_GAP = 100;

  /** How many short calls are made in a row. */
  static final int ROW = 2;

  static final double SHARE_OF_TIME = 0.02;
  static final double PURSE = TimeUnit.MILLISECONDS.toNanos(50);

  private static final long SHORT = TimeUnit.MICROSECONDS.toNanos(20);
  private static final long UNDER_WAY = Long.MAX_VALUE;
  private static final long AT_ONCE = 0;

  /** Calls that come in turns must not always find the same one of them asked. */
  private static final int JITTER_BITS = 5;

  private final AtomicLong due = new AtomicLong((long) ROW * LEAST_GAP);
  private volatile long start;
  private volatile int made;
  private volatile double purse = PURSE;
  private volatile double chosenNanos;

  boolean isDue(long call) {
    return call >= this.due.get();
  }

  /**
   * Whether a call goes to the other side; then {@link #ended} or {@link #abandoned} must follow.
   *
   * @param call its number, from 1
   */
  boolean begins(long call) {
    long next = this.due.get();
    if (call < next || !this.due.compareAndSet(next, UNDER_WAY)) {
      return false;
    }
    if (next != AT_ONCE) {
      double earned = SHARE_OF_TIME * this.chosenNanos * (call - this.start);
      this.purse = Math.min(PURSE, this.purse + earned);
      this.start = call;
      this.made = 0;
    }
    return true;
  }

  /** Whether a call that is under way and has taken so long tells how long others will take. */
  boolean counts(long nanos) {
    return this.made > 0 || nanos >= SHORT;
  }

  /**
   * @param chosen nanoseconds that a call of the chosen side costs, 0 if that is not known
   * @param other nanoseconds that the other side has taken
   */
  void ended(double chosen, long other) {
    double left = this.purse - Math.max(0, other - chosen);
    this.purse = left;
    this.chosenNanos = chosen;
    int count = this.made + 1;
    this.made = count;
    this.due.set(other < SHORT && count < ROW ? AT_ONCE : this.start + gap(chosen));
  }

  /** The call has told nothing. */
  void abandoned() {
    int count = this.made + 1;
    this.made = count;
    this.due.set(this.start + gap(this.chosenNanos));
  }

  /** Does not wait long for a new comparison where the chosen side has become much slower. */
  void chosenCosts(double nanos) {
    double before = this.chosenNanos;
    long next = this.due.get();
    if (before == 0 || nanos < 2 * before || next == UNDER_WAY) {
      return;
    }
    long sooner = this.start + gap(nanos);
    if (sooner < next) {
      this.due.compareAndSet(next, sooner);
    }
  }

  private long gap(double chosen) {
    long least = (long) LEAST_GAP * this.made + SizeClassChoice.scatter(this.start, JITTER_BITS);
    double debt = -this.purse;
    return debt <= 0 || chosen == 0
        ? least
        : Math.max(least, (long) Math.ceil(debt / (SHARE_OF_TIME * chosen)));
  }
}
