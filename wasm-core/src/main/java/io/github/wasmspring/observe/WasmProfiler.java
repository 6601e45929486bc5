package io.github.wasmspring.observe;

import io.github.wasmspring.internal.sandbox.CallWatchdog;
import io.github.wasmspring.internal.sandbox.RunningCall;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Finds out which functions of modules take the time, by looking at the stacks of running calls
 * many times a second. Does nothing, and costs nothing, until it is started. The JVM stops a thread
 * for its stack at the next place where it can be stopped, a call or the end of a round of a loop,
 * so that a function may get some of the time of what was inlined around it. Threads that guests
 * start themselves are not looked at.
 */
public final class WasmProfiler implements AutoCloseable {

  public static final int MAX_RATE = 1000;
  public static final Duration MAX_DURATION = Duration.ofMinutes(10);

  private static final class Run {
    private final int rate;
    private final @Nullable String module;
    private final StackSamples samples = new StackSamples();
    private final Instant started = Instant.now();
    private final long startedNanos = System.nanoTime();
    private final long endNanos;
    private volatile long looks;
    private volatile long stoppedNanos;
    private volatile boolean stopped;

    Run(int rate, Duration duration, @Nullable String module) {
      this.rate = rate;
      this.module = module;
      this.endNanos = this.startedNanos + duration.toNanos();
    }

    WasmProfile profile() {
      long end = this.stopped ? this.stoppedNanos : System.nanoTime();
      return new WasmProfile(
          !this.stopped,
          this.started,
          Duration.ofNanos(end - this.startedNanos),
          this.rate,
          this.looks,
          this.samples.samples(),
          this.samples.left(),
          this.samples.functions(),
          this.samples.stacks());
    }
  }

  private final CallWatchdog watchdog;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition stopping = this.lock.newCondition();
  private @Nullable Run run;

  /**
   * @param watchdog knows which calls run
   */
  public WasmProfiler(CallWatchdog watchdog) {
    this.watchdog = watchdog;
  }

  /**
   * Starts to sample, on a thread of its own. What was sampled before is forgotten.
   *
   * @param rate looks per second, from 1 to {@link #MAX_RATE}
   * @param duration when to stop by itself, at most {@link #MAX_DURATION}
   * @param module the id of the module whose calls are sampled, {@code null} for those of all
   * @throws IllegalArgumentException if rate or duration are beyond these limits
   * @throws IllegalStateException if it samples already
   */
  public void start(int rate, Duration duration, @Nullable String module) {
    if (rate < 1 || rate > MAX_RATE) {
      throw new IllegalArgumentException(
          "The rate is %d, but must be from 1 to %d per second".formatted(rate, MAX_RATE));
    }
    if (duration.isNegative() || duration.isZero() || duration.compareTo(MAX_DURATION) > 0) {
      throw new IllegalArgumentException(
          "The duration is %s, but must be more than nothing and at most %s"
              .formatted(duration, MAX_DURATION));
    }
    this.lock.lock();
    try {
      if (this.run != null && !this.run.stopped) {
        throw new IllegalStateException("The profiler runs already; stop it first");
      }
      Run started = new Run(rate, duration, module);
      Thread thread = new Thread(() -> sample(started), "wasm-profiler");
      thread.setDaemon(true);
      this.run = started;
      thread.start();
    } finally {
      this.lock.unlock();
    }
  }

  /**
   * Stops to sample; does nothing if that is over already.
   *
   * @return what there is, {@code null} if it was never started
   */
  public @Nullable WasmProfile stop() {
    this.lock.lock();
    try {
      if (this.run != null) {
        end(this.run);
      }
    } finally {
      this.lock.unlock();
    }
    return profile();
  }

  /** What there is by now, {@code null} if it was never started. */
  public @Nullable WasmProfile profile() {
    Run current;
    this.lock.lock();
    try {
      current = this.run;
    } finally {
      this.lock.unlock();
    }
    return current == null ? null : current.profile();
  }

  @Override
  public void close() {
    stop();
  }

  private void end(Run ended) {
    if (!ended.stopped) {
      ended.stoppedNanos = System.nanoTime();
      ended.stopped = true;
      this.stopping.signalAll();
    }
  }

  private void sample(Run current) {
    GuestStackReader reader = new GuestStackReader();
    long interval = TimeUnit.SECONDS.toNanos(1) / current.rate;
    long next = System.nanoTime();
    long looks = 0;
    try {
      while (!current.stopped) {
        look(current, reader);
        looks++;
        current.looks = looks;
        // What was missed because this thread got no processor is not made up for.
        next = Math.max(next + interval, System.nanoTime());
        if (next - current.endNanos >= 0) {
          next = current.endNanos;
        }
        if (!await(current, next) || System.nanoTime() - current.endNanos >= 0) {
          return;
        }
      }
    } finally {
      this.lock.lock();
      try {
        end(current);
      } finally {
        this.lock.unlock();
      }
    }
  }

  /** Whether to go on. */
  private boolean await(Run current, long until) {
    this.lock.lock();
    try {
      long left = until - System.nanoTime();
      while (left > 0 && !current.stopped) {
        left = this.stopping.awaitNanos(left);
      }
      return !current.stopped;
    } catch (InterruptedException interrupted) {
      return false;
    } finally {
      this.lock.unlock();
    }
  }

  private void look(Run current, GuestStackReader reader) {
    List<RunningCall> calls = this.watchdog.running();
    for (RunningCall call : calls) {
      if (current.module == null || current.module.equals(call.program().module())) {
        StackTraceElement[] trace = call.thread().getStackTrace();
        if (call.isRunning()) {
          current.samples.add(reader.read(call.program(), trace));
        }
      }
    }
  }
}
