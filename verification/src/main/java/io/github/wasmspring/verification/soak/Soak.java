package io.github.wasmspring.verification.soak;

import io.github.wasmspring.client.WasmModuleManager;
import io.github.wasmspring.client.WasmModuleStatus;
import io.github.wasmspring.internal.sandbox.MemoryBudget;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Puts real and hostile modules under load, checks every answer, and looks for what is left behind;
 * {@code verification/run soak} starts it.
 */
public final class Soak {

  private static final int LONGEST_WARM_UP = 60;
  private static final int SHORTEST_WARM_UP = 10;
  private static final long PROGRESS_SECONDS = 10;
  private static final long PATIENCE_SECONDS = 180;
  private static final int QUIET_ROUNDS = 80;
  private static final double HEAP_GROWTH = 1.1;
  private static final double MEGABYTE = 1 << 20;

  private final ConfigurableApplicationContext application = SoakApplication.start();
  private final WasmModuleManager manager = this.application.getBean(WasmModuleManager.class);
  private final MemoryBudget budget = this.application.getBean(MemoryBudget.class);
  private final List<Question<?>> questions = Questions.create();
  private final List<String> leaks = new ArrayList<>();
  private final int callers;

  private Soak(int callers) {
    this.callers = callers;
  }

  /** Arguments are the seconds and the number of callers. */
  public static void main(String[] arguments) {
    int seconds = Integer.parseInt(arguments[0]);
    int callers = Integer.parseInt(arguments[1]);
    boolean sound = new Soak(callers).run(seconds);
    // A thread that is left over, which is a fault as well, must not keep it from ending.
    System.exit(sound ? 0 : 1);
  }

  private boolean run(int seconds) {
    int warmUp = Math.min(LONGEST_WARM_UP, Math.max(SHORTEST_WARM_UP, seconds / 5));
    System.out.printf(
        "%d callers on %s threads, JDK %s%n",
        this.callers, CallerThreads.areVirtual() ? "virtual" : "platform", Runtime.version());
    Tally warming = new Tally();
    load("warm-up", warmUp, warming);
    ProcessState before = settled(null);
    Tally tally = new Tally();
    load("soak", seconds, tally);
    ProcessState after = settled(before);
    this.application.close();
    compare(before, after);
    boolean sound = warming.faults() == 0 && tally.faults() == 0 && this.leaks.isEmpty();
    this.leaks.forEach(leak -> System.out.println("leaked: " + leak));
    System.out.println(report(seconds, warming, tally, before, after));
    return sound;
  }

  private void load(String phase, int seconds, Tally tally) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    BooleanSupplier goesOn = () -> System.nanoTime() < end;
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < this.callers; i++) {
      threads.add(
          CallerThreads.start(new Caller(this.application, this.questions, tally, goesOn, i)));
    }
    Thread reloads = new Thread(new Reloads(this.manager, tally, goesOn), "soak-reloads");
    reloads.start();
    threads.add(reloads);
    showProgress(phase, seconds, end, tally);
    join(threads, tally);
  }

  private static void showProgress(String phase, int seconds, long end, Tally tally) {
    for (long left = end - System.nanoTime(); left > 0; left = end - System.nanoTime()) {
      sleep(Math.min(left, TimeUnit.SECONDS.toNanos(PROGRESS_SECONDS)));
      System.out.printf(
          "%s, %d of %d s: %d calls, %d hostile, %d reloads, %d faults, %d MB of heap%n",
          phase,
          seconds - TimeUnit.NANOSECONDS.toSeconds(Math.max(0, end - System.nanoTime())),
          seconds,
          tally.calls.sum(),
          tally.hostile.sum(),
          tally.reloads.sum(),
          tally.faults(),
          (Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory()) >> 20);
    }
  }

  private static void sleep(long nanos) {
    try {
      TimeUnit.NANOSECONDS.sleep(nanos);
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException("Somebody interrupted the soak", interrupted);
    }
  }

  /** A caller that does not come back waits for an answer that got lost. */
  private static void join(List<Thread> threads, Tally tally) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    for (Thread thread : threads) {
      try {
        TimeUnit.NANOSECONDS.timedJoin(thread, Math.max(1, end - System.nanoTime()));
      } catch (InterruptedException interrupted) {
        throw new IllegalStateException("Somebody interrupted the soak", interrupted);
      }
      if (thread.isAlive()) {
        tally.lost("a caller is still waiting: " + List.of(thread.getStackTrace()));
      }
    }
  }

  /**
   * All modules loaded afresh, all threads gone that go by themselves.
   *
   * @param earlier what to get back to
   */
  private ProcessState settled(@Nullable ProcessState earlier) {
    List<String> modules = this.manager.status().stream().map(WasmModuleStatus::id).toList();
    this.leaks.addAll(inUse());
    modules.forEach(this.manager::evict);
    awaitQuiet(() -> this.budget.used() == 0);
    if (this.budget.used() != 0) {
      this.leaks.add("memory of instances: " + this.budget.usedByModule());
    }
    modules.forEach(this.manager::warmUp);
    ProcessState state = ProcessState.now();
    for (int i = 0; i < 4 && earlier != null && !state.threadsBeyond(earlier).isEmpty(); i++) {
      state = ProcessState.now();
    }
    return state;
  }

  private List<String> inUse() {
    awaitQuiet(() -> this.manager.status().stream().allMatch(Soak::isQuiet));
    return this.manager.status().stream()
        .filter(module -> !isQuiet(module))
        .map(module -> "instances of " + module.id() + ": " + module.pool())
        .toList();
  }

  private static boolean isQuiet(WasmModuleStatus module) {
    return module.pool().inUse() == 0
        && module.pool().waiting() == 0
        && module.pool().idle() <= module.pool().max();
  }

  private static void awaitQuiet(BooleanSupplier quiet) {
    for (int i = 0; i < QUIET_ROUNDS && !quiet.getAsBoolean(); i++) {
      ProcessState.pause();
    }
  }

  private void compare(ProcessState before, ProcessState after) {
    after.threadsBeyond(before).forEach(thread -> this.leaks.add("threads " + thread));
    if (after.files() > before.files()) {
      this.leaks.add("files: %d open, before %d".formatted(after.files(), before.files()));
    }
    if (after.heap() > before.heap() * HEAP_GROWTH) {
      this.leaks.add("heap: %d bytes, before %d".formatted(after.heap(), before.heap()));
    }
  }

  private String report(
      int seconds, Tally warming, Tally tally, ProcessState before, ProcessState after) {
    return String.format(
        Locale.ROOT,
        "{\"calls\": %d, \"hostile\": %d, \"wrong\": %d, \"failed\": %d, \"rejected\": %d,"
            + " \"lost\": %d, \"interrupted\": %d, \"leaked\": %d, \"reloads\": %d,"
            + " \"p50_us\": %.1f, \"p99_us\": %.1f, \"heap_before_mb\": %.2f,"
            + " \"heap_after_mb\": %.2f, \"callers\": %d, \"virtual\": %b, \"seconds\": %d,"
            + " \"jdk\": \"%s\"}",
        tally.calls.sum(),
        tally.hostile.sum(),
        warming.wrong.sum() + tally.wrong.sum(),
        warming.failed.sum() + tally.failed.sum(),
        warming.rejected.sum() + tally.rejected.sum(),
        warming.lost.sum() + tally.lost.sum(),
        warming.interrupted.sum() + tally.interrupted.sum(),
        this.leaks.size(),
        tally.reloads.sum(),
        tally.latencies.micros(0.5),
        tally.latencies.micros(0.99),
        before.heap() / MEGABYTE,
        after.heap() / MEGABYTE,
        this.callers,
        CallerThreads.areVirtual(),
        seconds,
        Runtime.version());
  }
}
