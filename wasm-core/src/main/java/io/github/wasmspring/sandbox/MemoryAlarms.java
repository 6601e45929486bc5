package io.github.wasmspring.sandbox;

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

  private void wake() {
    Thread thread = this.watcher;
    if (thread != null) {
      LockSupport.unpark(thread);
    }
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
