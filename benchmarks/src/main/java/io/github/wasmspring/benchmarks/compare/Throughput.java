package io.github.wasmspring.benchmarks.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** How often many threads get a task done together. */
final class Throughput {

  private static final int SLICES_A_BATCH = 5;
  private static final int SLICES = 15;

  private final Effort effort;
  private final Plan.Cell cell;
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
  private final CountDownLatch begin = new CountDownLatch(1);
  private volatile boolean over;

  Throughput(Effort effort, Plan.Cell cell) {
    this.effort = effort;
    this.cell = cell;
  }

  /**
   * @param tasks makes one for each caller
   * @return wall-clock nanoseconds for each call of all callers together
   */
  Figures measure(int callers, Supplier<Task> tasks) throws InterruptedException {
    List<AtomicLong> counters = new ArrayList<>();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < callers; i++) {
      Task task = tasks.get();
      if (i == 0) {
        warmUp(task);
      }
      AtomicLong counter = new AtomicLong();
      counters.add(counter);
      threads.add(new Thread(() -> call(task, counter), "caller-" + i));
    }
    // Each waits until all are there: among many that run, this thread would hardly start the
    // others.
    threads.forEach(Thread::start);
    this.begin.countDown();
    try {
      TimeUnit.NANOSECONDS.sleep(this.effort.warmUpNanos(this.cell));
      return sample(counters);
    } finally {
      this.over = true;
      for (Thread thread : threads) {
        thread.join();
      }
      Throwable failed = this.failure.get();
      if (failed != null) {
        throw new IllegalStateException("a caller failed", failed);
      }
    }
  }

  /** On one thread: among many, the JIT would get hardly any time. */
  private void warmUp(Task task) {
    long begin = System.nanoTime();
    long x = 0;
    while (System.nanoTime() - begin < this.effort.warmUpNanos(this.cell)) {
      x = task.run(x);
    }
  }

  private Figures sample(List<AtomicLong> counters) throws InterruptedException {
    double[] times = new double[SLICES];
    long slice = SLICES_A_BATCH * this.effort.batchNanos();
    long calls = sum(counters);
    long begin = System.nanoTime();
    for (int i = 0; i < SLICES; i++) {
      long called;
      long now;
      do {
        TimeUnit.NANOSECONDS.sleep(slice);
        called = sum(counters);
        now = System.nanoTime();
      } while (called == calls && this.failure.get() == null);
      times[i] = (double) (now - begin) / Math.max(1, called - calls);
      calls = called;
      begin = now;
    }
    return Figures.of(Figures.PER_CALL, times);
  }

  private static long sum(List<AtomicLong> counters) {
    return counters.stream().mapToLong(AtomicLong::get).sum();
  }

  private void call(Task task, AtomicLong counter) {
    long x = 0;
    long calls = 0;
    try {
      this.begin.await();
      while (!this.over) {
        x = task.run(x);
        counter.lazySet(++calls);
      }
    } catch (Throwable thrown) {
      this.failure.compareAndSet(null, thrown);
    }
  }
}
