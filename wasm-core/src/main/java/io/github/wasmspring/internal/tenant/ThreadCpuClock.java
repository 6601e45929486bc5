package io.github.wasmspring.internal.tenant;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import org.jspecify.annotations.Nullable;

/** How much processor time the current thread has used; wall time where the JVM can't tell. */
final class ThreadCpuClock {

  private static final long UNKNOWN = -1;

  private final @Nullable ThreadMXBean threads;

  ThreadCpuClock() {
    ThreadMXBean found = ManagementFactory.getThreadMXBean();
    this.threads =
        found.isCurrentThreadCpuTimeSupported() && found.isThreadCpuTimeEnabled() ? found : null;
  }

  /** A moment, for {@link #since} on the same thread; negative if only the wall clock tells. */
  long now() {
    if (this.threads == null) {
      return UNKNOWN;
    }
    try {
      return this.threads.getCurrentThreadCpuTime();
    } catch (UnsupportedOperationException virtualThread) {
      return UNKNOWN;
    }
  }

  /**
   * @param begin of {@link #now}
   * @param wall how many nanoseconds have passed on the wall
   */
  long since(long begin, long wall) {
    long end = begin < 0 ? UNKNOWN : now();
    return end < 0 ? wall : end - begin;
  }
}
