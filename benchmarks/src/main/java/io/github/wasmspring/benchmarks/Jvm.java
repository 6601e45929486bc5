package io.github.wasmspring.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/** What this JVM uses. */
public final class Jvm {

  private Jvm() {}

  /**
   * Bytes of heap in use after so many collections; what one of them lets go of may be found by the
   * next one only.
   */
  public static long usedHeap(int collections) {
    for (int i = 0; i < collections; i++) {
      System.gc();
    }
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  /** Processor time of all threads since the start, in nanoseconds. */
  public static long cpuNanos() {
    return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }
}
