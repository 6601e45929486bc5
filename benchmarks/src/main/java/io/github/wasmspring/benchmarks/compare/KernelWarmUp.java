package io.github.wasmspring.benchmarks.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * How long a kernel takes until it is nearly as fast as it becomes: from asking for the module to
 * the first of several batches whose median is within one and a half of the median of the last
 * quarter.
 */
final class KernelWarmUp {

  private static final double NEARLY = 1.5;
  private static final int SEVERAL = 9;
  private static final long BATCH_NANOS = 5_000_000;

  /** So many batches behind the first quarter, even if they take longer than there is time. */
  private static final int LEAST = 4 * SEVERAL;

  private final Effort effort;

  KernelWarmUp(Effort effort) {
    this.effort = effort;
  }

  /**
   * @param kernel loads the module and makes the task
   */
  Figures measure(Supplier<Task> kernel) {
    long begin = System.nanoTime();
    Task task = kernel.get();
    List<Batch> batches = new ArrayList<>();
    long result = 0;
    long now = System.nanoTime();
    while (now - begin < this.effort.warmingNanos() || batches.size() < LEAST) {
      long start = now;
      int runs = 0;
      do {
        result = task.run(result);
        runs++;
        now = System.nanoTime();
      } while (now - start < BATCH_NANOS);
      batches.add(new Batch(start - begin, (double) (now - start) / runs));
    }
    System.err.println("The last run came to " + result);
    return Figures.of(Figures.NANOSECONDS, warmFrom(batches));
  }

  private static long warmFrom(List<Batch> batches) {
    double peak = median(batches.subList(batches.size() * 3 / 4, batches.size()));
    int first = 0;
    while (median(batches.subList(first, first + SEVERAL)) > NEARLY * peak) {
      first++;
    }
    return batches.get(first).begin();
  }

  private static double median(List<Batch> batches) {
    return Figures.median(batches.stream().mapToDouble(Batch::nanosEach).toArray());
  }

  private record Batch(long begin, double nanosEach) {}
}
