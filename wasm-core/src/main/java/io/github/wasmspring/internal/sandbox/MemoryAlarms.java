package io.github.wasmspring.internal.sandbox;

import io.github.wasmspring.module.WasmMemoryAlert;
import io.github.wasmspring.module.WasmMemoryAlert.Action;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The alerts of one module or of all together. Guests that grow only leave a mark here and wake
 * whoever {@linkplain MemoryWatch watches}: nothing else may happen deep in a guest's stack.
 *
 * <p>{@link #note} and {@link #noteLess} come from any thread and take no lock. {@link #update}
 * comes from the watcher, and from whoever wants to make an instance while an alert refuses it.
 * {@link #nextChange} is the watcher's, mostly: each change is given out once, in order.
 *
 * <ul>
 *   <li>A peak is written first, then {@code asked}, then the watcher is woken. It takes {@code
 *       asked} back before it looks and parks only where it is still unset afterwards. The wake-up
 *       alone is not enough: a lock that the watcher waits for while it acts, the logger's for
 *       instance, may use it up. {@link #update} takes the peak and leaves 0 in one step; a peak
 *       that comes in between is there for the next look, which it has asked for.
 *   <li>The bytes that {@link #update} is given may be old when they are compared, and two threads
 *       may compare in another order than they have read. An alert may so be raised or ended
 *       wrongly. Therefore each change wakes the watcher, which looks again with bytes read after
 *       the change: what is wrong is put right then, and the last look of all sees what is so. For
 *       the same reason {@link #noteLess} may trust an alert that it sees not raised.
 *   <li>{@code mostKept} is computed under the monitor and read without it, for every instance that
 *       is given back. An older value keeps one that should go until it is next given back, or
 *       throws one away too many.
 * </ul>
 */
final class MemoryAlarms {

  /** An alert that was raised or is over. */
  record Change(MemoryAlarm alarm, boolean raised, long bytes) {}

  private final String module;
  private final String version;
  private final long limit;
  private final List<MemoryAlarm> alarms;
  private final long lowestMark;
  private final AtomicLong peak = new AtomicLong();
  private final Queue<Change> changes = new ConcurrentLinkedQueue<>();
  private volatile @Nullable Thread watcher;
  private volatile boolean asked;
  private volatile long mostKept = Long.MAX_VALUE;

  MemoryAlarms(String module, String version, long limit, List<WasmMemoryAlert> alerts) {
    this.module = module;
    this.version = version;
    this.limit = limit;
    this.alarms = alerts.stream().map(alert -> new MemoryAlarm(alert, limit)).toList();
    this.lowestMark =
        this.alarms.stream().mapToLong(MemoryAlarm::mark).min().orElse(Long.MAX_VALUE);
  }

  boolean isEmpty() {
    return this.alarms.isEmpty();
  }

  void watchedBy(Thread thread) {
    this.watcher = thread;
  }

  /** There is that much memory now; a peak is remembered until somebody looks. */
  void note(long bytes) {
    if (bytes >= this.lowestMark) {
      HighWater.raise(this.peak, bytes);
      wake();
    }
  }

  /** There is less memory than before. */
  void noteLess() {
    if (isRaised()) {
      wake();
    }
  }

  boolean isRaised() {
    for (int i = 0; i < this.alarms.size(); i++) {
      if (this.alarms.get(i).isRaised()) {
        return true;
      }
    }
    return false;
  }

  /** Has the watcher look, or look again if it has begun. */
  void wake() {
    this.asked = true;
    Thread thread = this.watcher;
    if (thread != null) {
      LockSupport.unpark(thread);
    }
  }

  /** The watcher begins to look. */
  void beginLook() {
    this.asked = false;
  }

  /** Whether the watcher has been asked to look since it last began to. */
  boolean isAsked() {
    return this.asked;
  }

  /**
   * Raises and ends alerts.
   *
   * @param bytes that there are now
   */
  void update(long bytes) {
    // What has gone again in the meantime has been there nevertheless.
    long highest = this.peak.getAndSet(0);
    if (highest > bytes) {
      apply(highest);
    }
    apply(bytes);
  }

  private synchronized void apply(long bytes) {
    for (MemoryAlarm alarm : this.alarms) {
      if (alarm.update(bytes)) {
        this.changes.add(new Change(alarm, alarm.isRaised(), bytes));
        wake();
      }
    }
    this.mostKept =
        this.alarms.stream()
            .filter(alarm -> alarm.isRaisedTo(Action.RECYCLE))
            .mapToLong(MemoryAlarm::lowerMark)
            .min()
            .orElse(Long.MAX_VALUE);
  }

  /** The next change that nobody has been told of, {@code null} if there is none. */
  @Nullable Change nextChange() {
    return this.changes.poll();
  }

  /** The alert that refuses new instances at present, {@code null} if none does. */
  @Nullable MemoryAlarm refusal() {
    for (MemoryAlarm alarm : this.alarms) {
      if (alarm.isRaisedTo(Action.REFUSE)) {
        return alarm;
      }
    }
    return null;
  }

  /** The lowest lower mark of the alerts that are raised and recycle. */
  long mostKept() {
    return this.mostKept;
  }

  String module() {
    return this.module;
  }

  String version() {
    return this.version;
  }

  long limit() {
    return this.limit;
  }
}
