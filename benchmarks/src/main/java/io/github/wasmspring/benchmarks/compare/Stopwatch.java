package io.github.wasmspring.benchmarks.compare;

import io.github.wasmspring.benchmarks.Jvm;
import java.util.ArrayList;
import java.util.List;

/** Times a task on one thread: warm-up, then many short batches, whose spread tells the noise. */
final class Stopwatch {

  private static final int LEAST_BATCHES = 3;
  private static final int MOST_RUNS = 1 << 28;

  /** Where other work keeps the cores busy, warm-up may last so many times as long. */
  private static final int LONGEST_WARM_UP = 10;

  private final Effort effort;
  private final Plan.Cell cell;
  private long result;

  Stopwatch(Effort effort, Plan.Cell cell) {
    this.effort = effort;
    this.cell = cell;
  }

  /**
   * @return nanoseconds for each run
   */
  Figures time(Task task) {
    int runs = warmUp(task);
    List<Double> times = new ArrayList<>();
    long begin = System.nanoTime();
    while (times.size() < this.effort.batches()
        && (times.size() < LEAST_BATCHES || System.nanoTime() - begin < this.effort.limitNanos())) {
      times.add((double) batch(task, runs) / runs);
    }
    return Figures.of(
        Figures.NANOSECONDS, times.stream().mapToDouble(Double::doubleValue).toArray());
  }

  /** What the last run returned. */
  long result() {
    return this.result;
  }

  /**
   * @return how many runs fill a batch
   */
  private int warmUp(Task task) {
    int runs = 1;
    long begin = System.nanoTime();
    long cpu = Jvm.cpuNanos();
    while (true) {
      long took = batch(task, runs);
      if (isWarm(System.nanoTime() - begin, Jvm.cpuNanos() - cpu)) {
        double wanted = runs * (double) this.effort.batchNanos() / took;
        return (int) Math.max(1, Math.min(MOST_RUNS, wanted));
      }
      if (took < this.effort.batchNanos() / 2 && runs < MOST_RUNS) {
        runs *= 2;
      }
    }
  }

  /** The JIT must have had its time, which on a busy machine takes longer by the clock. */
  private boolean isWarm(long time, long cpu) {
    long wanted = this.effort.warmUpNanos(this.cell);
    return time >= wanted && (cpu >= wanted || time >= LONGEST_WARM_UP * wanted);
  }

  private long batch(Task task, int runs) {
    long x = this.result;
    long begin = System.nanoTime();
    for (int i = 0; i < runs; i++) {
      x = task.run(x);
    }
    long took = System.nanoTime() - begin;
    this.result = x;
    return Math.max(1, took);
  }
}
