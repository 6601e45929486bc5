package io.github.wasmspring.verification.soak;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What this process holds.
 *
 * @param heap bytes in use after a collection
 * @param threads how many there are of each name, numbers in names aside
 * @param files open file handles, 0 where the operating system does not tell
 */
record ProcessState(long heap, Map<String, Long> threads, long files) {

  private static final int COLLECTIONS = 12;
  private static final long PAUSE_MILLIS = 250;

  static ProcessState now() {
    return new ProcessState(heapAfterCollections(), threadsByName(), openFiles());
  }

  /** The least of several: what finalizers and soft references let go of takes a few rounds. */
  private static long heapAfterCollections() {
    long least = Long.MAX_VALUE;
    for (int i = 0; i < COLLECTIONS; i++) {
      System.gc();
      pause();
      least = Math.min(least, ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
    }
    return least;
  }

  static void pause() {
    try {
      Thread.sleep(PAUSE_MILLIS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static Map<String, Long> threadsByName() {
    return Thread.getAllStackTraces().keySet().stream()
        .collect(
            Collectors.groupingBy(
                thread -> thread.getName().replaceAll("\\d+", "N"),
                TreeMap::new,
                Collectors.counting()));
  }

  private static long openFiles() {
    return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
        ? unix.getOpenFileDescriptorCount()
        : 0;
  }

  /** Threads of this state that an earlier one had fewer of. */
  List<String> threadsBeyond(ProcessState earlier) {
    List<String> more = new ArrayList<>();
    this.threads.forEach(
        (name, count) -> {
          long before = earlier.threads.getOrDefault(name, 0L);
          if (count > before) {
            more.add("%s: %d, before %d".formatted(name, count, before));
          }
        });
    return more;
  }
}
