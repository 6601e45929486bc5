package io.github.wasmspring.pipeline;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Interrupts the thread that has set it when its time is over, and not once it has been ended: both
 * have one lock.
 */
final class ThreadAlarm {

  private final Thread thread = Thread.currentThread();
  private @Nullable Future<?> timer;
  private boolean rung;
  private boolean ended;

  private ThreadAlarm() {}

  static ThreadAlarm at(Timing timing) {
    ThreadAlarm alarm = new ThreadAlarm();
    Duration left = timing.left();
    if (left != null) {
      alarm.timer =
          CompletableFuture.runAsync(
              alarm::ring, CompletableFuture.delayedExecutor(left.toNanos(), TimeUnit.NANOSECONDS));
    }
    return alarm;
  }

  private synchronized void ring() {
    if (!this.ended) {
      this.rung = true;
      this.thread.interrupt();
    }
  }

  /**
   * Ends it. Its own interrupt is taken back: it was for what has ended now.
   *
   * @return whether its time was over before
   */
  synchronized boolean end() {
    if (!this.ended) {
      this.ended = true;
      if (this.timer != null) {
        this.timer.cancel(false);
      }
      if (this.rung) {
        Thread.interrupted();
      }
    }
    return this.rung;
  }
}
