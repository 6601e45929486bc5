package io.github.wasmspring.internal.event;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * When to log what happens again and again: the first time of a kind at once, further ones as the
 * number that they were, once a minute at most and only while it goes on. What has not been logged
 * for ten minutes is over: when it happens again, that is a first time.
 *
 * @param <K> of what kind it is; further kinds than a thousand at a time are one
 */
public final class Recurrences<K> {

  private static final Duration PAUSE = Duration.ofMinutes(1);
  private static final Duration OVER = Duration.ofMinutes(10);
  private static final int MOST_KINDS = 1000;

  private final LongSupplier nanoTime;
  private final Map<K, Tally> kinds = new ConcurrentHashMap<>();
  private final Tally others;
  private final AtomicLong nextSweep;

  /**
   * That something is to be logged.
   *
   * @param first whether it is the first time
   * @param times how often it has happened since it was logged last, this time included; the first
   *     time some may be left over from before
   */
  public record Turn(boolean first, long times) {}

  public Recurrences() {
    this(System::nanoTime);
  }

  public Recurrences(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    long now = nanoTime.getAsLong();
    this.others = new Tally(now);
    this.nextSweep = new AtomicLong(now);
  }

  /**
   * It has happened.
   *
   * @return {@code null} if it is not to be logged now
   */
  public @Nullable Turn count(K kind) {
    long now = this.nanoTime.getAsLong();
    Tally known = this.kinds.get(kind);
    if (known == null) {
      sweepIfFull(now);
      known =
          this.kinds.size() < MOST_KINDS
              ? this.kinds.computeIfAbsent(kind, first -> new Tally(now))
              : this.others;
    }
    return known.count(now);
  }

  /** Whoever makes up kinds has a sweep made once a minute, not each time. */
  private void sweepIfFull(long now) {
    if (this.kinds.size() < MOST_KINDS) {
      return;
    }
    long due = this.nextSweep.get();
    if (now - due >= 0 && this.nextSweep.compareAndSet(due, now + PAUSE.toNanos())) {
      this.kinds.values().removeIf(tally -> tally.isOver(now));
    }
  }

  private static final class Tally {

    /** When it may be logged again. */
    private final AtomicLong next;

    private final LongAdder untold = new LongAdder();
    private volatile boolean told;

    Tally(long now) {
      this.next = new AtomicLong(now);
    }

    boolean isOver(long now) {
      return isOver(now, this.next.get());
    }

    private static boolean isOver(long now, long due) {
      return now - due >= OVER.minus(PAUSE).toNanos();
    }

    @Nullable Turn count(long now) {
      this.untold.increment();
      long due = this.next.get();
      if (now - due < 0 || !this.next.compareAndSet(due, now + PAUSE.toNanos())) {
        return null;
      }
      boolean first = !this.told || isOver(now, due);
      this.told = true;
      return new Turn(first, this.untold.sumThenReset());
    }
  }
}
