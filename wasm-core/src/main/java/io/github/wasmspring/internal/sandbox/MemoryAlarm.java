package io.github.wasmspring.internal.sandbox;

import io.github.wasmspring.module.WasmMemoryAlert;
import io.github.wasmspring.module.WasmMemoryAlert.Action;

/**
 * One alert, raised or not. It changes under its monitor, in which the mark to compare with follows
 * from the state. Guests that grow read {@code raised} without it: an answer of a moment ago wakes
 * the watcher once too often, or not at all; in the second case whoever changed the state wakes it,
 * see {@link MemoryAlarms}.
 */
final class MemoryAlarm {

  private static final int PERCENT = 100;

  private final WasmMemoryAlert alert;
  private final long mark;
  private final long lowerMark;
  private volatile boolean raised;

  MemoryAlarm(WasmMemoryAlert alert, long limit) {
    this.alert = alert;
    this.mark = share(limit, alert.threshold());
    this.lowerMark = share(limit, alert.clearBelow());
  }

  private static long share(long limit, int percent) {
    return limit / PERCENT * percent + limit % PERCENT * percent / PERCENT;
  }

  /**
   * @return whether this raised the alert or ended it
   */
  synchronized boolean update(long bytes) {
    boolean changes = this.raised ? bytes < this.lowerMark : bytes >= this.mark;
    if (changes) {
      this.raised = !this.raised;
    }
    return changes;
  }

  boolean isRaised() {
    return this.raised;
  }

  boolean isRaisedTo(Action action) {
    return this.raised && does(action);
  }

  boolean does(Action action) {
    return this.alert.actions().contains(action);
  }

  int threshold() {
    return this.alert.threshold();
  }

  long mark() {
    return this.mark;
  }

  long lowerMark() {
    return this.lowerMark;
  }
}
