package io.github.wasmspring.verification.engines;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.Timer;
import java.util.TimerTask;

/** Interrupts the thread that makes it when it has computed for long, however busy the machine. */
final class CpuWatch implements AutoCloseable {

  private static final long PERIOD_MILLIS = 1000;

  private final Timer timer = new Timer("cpu-watch", true);

  CpuWatch(Duration longest) {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    Thread watched = Thread.currentThread();
    long end = threads.getCurrentThreadCpuTime() + longest.toNanos();
    this.timer.schedule(
        new TimerTask() {
          @Override
          public void run() {
            if (threads.getThreadCpuTime(watched.getId()) > end) {
              watched.interrupt();
            }
          }
        },
        PERIOD_MILLIS,
        PERIOD_MILLIS);
  }

  @Override
  public void close() {
    this.timer.cancel();
    Thread.interrupted();
  }
}
