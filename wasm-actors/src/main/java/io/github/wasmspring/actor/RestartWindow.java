package io.github.wasmspring.actor;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/** How often something was restarted lately. For one thread at a time. */
final class RestartWindow {

  private final int most;
  private final long period;
  private final Deque<Long> times = new ArrayDeque<>(0);

  RestartWindow(int most, Duration period) {
    this.most = most;
    this.period = period.toNanos();
  }

  /**
   * Another restart.
   *
   * @param now by {@link System#nanoTime()}
   * @return {@code false} if that is one too many
   */
  boolean allows(long now) {
    while (!this.times.isEmpty() && now - this.times.peekFirst() > this.period) {
      this.times.pollFirst();
    }
    if (this.times.size() >= this.most) {
      return false;
    }
    this.times.addLast(now);
    return true;
  }

  void forget() {
    this.times.clear();
  }
}
