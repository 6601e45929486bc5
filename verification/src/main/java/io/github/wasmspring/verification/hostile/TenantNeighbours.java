package io.github.wasmspring.verification.hostile;

import io.github.wasmspring.WasmException;
import io.github.wasmspring.WasmTenantRefusedException;
import io.github.wasmspring.bundle.json.Json;
import io.github.wasmspring.runtime.WasmRuntime;
import io.github.wasmspring.tenant.WasmTenantLimits;
import io.github.wasmspring.tenant.WasmTenantSettings;
import io.github.wasmspring.tenant.WasmTenantStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What a tenant keeps of its throughput beside a hostile one; {@code verification/run tenants}
 * starts it. The tenant has so many threads as half of the processors, its fair share; the hostile
 * one has many more. Both call the same runtime, once without tenants and once with limits that
 * give the hostile one half of the machine, or less. A client that is refused comes again a
 * millisecond later, as one on a network would at the earliest. What is measured begins when the
 * JVM has compiled what the flood goes through. Exits with 1 if the tenant keeps less than 90 %
 * anywhere.
 */
public final class TenantNeighbours {

  private static final String HOSTILE = "hostile";
  private static final String TENANT = "tenant";
  private static final double LEAST = 0.9;
  private static final int WARM_UP_SECONDS = 5;
  private static final int HOSTILE_THREADS_PER_CPU = 8;
  private static final int MEMBERS = 40;
  private static final int CPUS = Runtime.getRuntime().availableProcessors();
  private static final int HALF = Math.max(1, CPUS / 2);
  private static final Duration INTERVAL = Duration.ofSeconds(1);
  private static final Duration DEADLINE = Duration.ofMillis(100);

  private final double seconds;
  private final int percent;
  private final String document = document();
  private final String expected = new Json() {}.format(this.document, 2, false);

  private TenantNeighbours(double seconds, int percent) {
    this.seconds = seconds;
    this.percent = percent;
  }

  private interface Deed {
    void perform(WasmRuntime runtime, Json json);
  }

  private record Flood(String name, Deed deed) {}

  /**
   * What came of one flood.
   *
   * @param alone calls a second of the tenant without it, the mean of before and after
   * @param beside calls a second of the tenant with it
   */
  private record Outcome(double alone, double beside, double made, double refused) {

    double kept() {
      return this.beside / this.alone;
    }
  }

  /**
   * The arguments are how many seconds to measure each, and what the hostile tenant may have of the
   * machine, in percent.
   */
  public static void main(String[] arguments) throws InterruptedException {
    boolean fair =
        new TenantNeighbours(Double.parseDouble(arguments[0]), Integer.parseInt(arguments[1]))
            .compareAll();
    System.exit(fair ? 0 : 1);
  }

  private WasmTenantSettings settings() {
    return WasmTenantSettings.DEFAULTS.with(
        settings ->
            settings
                .interval(INTERVAL)
                .tenant(
                    HOSTILE,
                    WasmTenantLimits.NONE
                        .withCalls(HALF)
                        .withCpuTime(
                            INTERVAL.multipliedBy((long) CPUS * this.percent).dividedBy(100))
                        .withMemory(16 << 20)));
  }

  private WasmRuntime runtime(boolean tenants) {
    WasmRuntime.Builder builder = WasmRuntime.builder().installedModules();
    if (tenants) {
      builder.tenants(
          settings(),
          call -> Thread.currentThread().getName().startsWith(HOSTILE) ? HOSTILE : TENANT);
    }
    WasmRuntime runtime = builder.build();
    new HostileModules(Duration.ofSeconds(5)).modules().forEach(runtime::register);
    return runtime;
  }

  private List<Flood> floods() {
    List<Flood> floods = new ArrayList<>();
    for (Attack attack : Attack.ALL) {
      if (List.of("endless loop", "wait in a host function", "memory bomb that is filled")
          .contains(attack.name())) {
        floods.add(new Flood(attack.name(), (runtime, json) -> perform(attack, runtime)));
      }
    }
    floods.add(new Flood("flood of `json.format`", (runtime, json) -> ask(json)));
    floods.add(
        new Flood(
            "flood of `json.format`, later",
            (runtime, json) ->
                runtime
                    .manager()
                    .module("json")
                    .operation("format")
                    .input(this.document)
                    .retrieveAsync(String.class)
                    .join()));
    return floods;
  }

  private static void perform(Attack attack, WasmRuntime runtime) {
    WasmException failure = attack.perform(runtime.manager(), DEADLINE);
    if (failure instanceof WasmTenantRefusedException) {
      throw failure;
    }
  }

  private boolean compareAll() throws InterruptedException {
    System.out.printf(
        "%d processors; the tenant has %d threads, the hostile one %d, and %d %% of the machine%n%n",
        CPUS, HALF, HOSTILE_THREADS_PER_CPU * CPUS, this.percent);
    System.out.println(
        "| the hostile tenant | alone, calls/s | kept without tenants | kept with tenants | its calls/s | refused/s |");
    System.out.println("|---|--:|--:|--:|--:|--:|");
    boolean fair = true;
    try (WasmRuntime without = runtime(false);
        WasmRuntime with = runtime(true)) {
      Json unlimited = without.manager().bind(Json.class);
      Json limited = with.manager().bind(Json.class);
      throughput(unlimited, WARM_UP_SECONDS);
      throughput(limited, WARM_UP_SECONDS);
      Outcome plain = compareWithPlainThreads(unlimited);
      System.out.printf(
          "| plain threads that work as much and sleep | %.0f | %.0f %% | | | |%n",
          plain.alone(), 100 * plain.kept());
      for (Flood flood : floods()) {
        Outcome before = compare(flood, without, unlimited);
        Outcome after = compare(flood, with, limited);
        System.out.printf(
            "| %s | %.0f | %.0f %% | %.0f %% | %.0f | %.0f |%n",
            flood.name(),
            after.alone(),
            100 * before.kept(),
            100 * after.kept(),
            after.made(),
            after.refused());
        fair &= after.kept() >= LEAST;
      }
      WasmTenantStatus tenant = with.tenants().flatMap(all -> all.find(TENANT)).orElseThrow();
      System.out.printf("%nThe tenant was refused %d calls.%n", tenant.refused().all());
      fair &= tenant.refused().all() == 0;
    }
    return fair;
  }

  private Outcome compare(Flood flood, WasmRuntime runtime, Json json) throws InterruptedException {
    LongAdder made = new LongAdder();
    LongAdder refused = new LongAdder();
    return compare(
        number -> goesOn -> repeat(flood, runtime, json, goesOn, made, refused),
        json,
        made,
        refused);
  }

  /**
   * What the tenant keeps beside the same threads without this library: one works as much as the
   * hostile tenant may, the others only sleep a millisecond, again and again.
   */
  private Outcome compareWithPlainThreads(Json json) throws InterruptedException {
    return compare(
        number -> number == 0 ? this::work : TenantNeighbours::sleep,
        json,
        new LongAdder(),
        new LongAdder());
  }

  private void work(AtomicBoolean goesOn) {
    long share = DEADLINE.toNanos();
    long pause = Math.max(1, share * 100 / ((long) CPUS * this.percent) - share);
    while (goesOn.get()) {
      for (long start = System.nanoTime(); System.nanoTime() - start < share; ) {
        Thread.onSpinWait();
      }
      LockSupport.parkNanos(pause);
    }
  }

  private static void sleep(AtomicBoolean goesOn) {
    while (goesOn.get()) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
    }
  }

  private Outcome compare(
      IntFunction<Consumer<AtomicBoolean>> hostile, Json json, LongAdder made, LongAdder refused)
      throws InterruptedException {
    double before = throughput(json, this.seconds);
    AtomicBoolean goesOn = new AtomicBoolean(true);
    List<Thread> threads =
        IntStream.range(0, HOSTILE_THREADS_PER_CPU * CPUS)
            .mapToObj(number -> new Thread(() -> hostile.apply(number).accept(goesOn), HOSTILE))
            .toList();
    threads.forEach(Thread::start);
    throughput(json, WARM_UP_SECONDS);
    made.reset();
    refused.reset();
    double beside = throughput(json, this.seconds);
    goesOn.set(false);
    for (Thread thread : threads) {
      thread.join();
    }
    double after = throughput(json, this.seconds);
    return new Outcome(
        (before + after) / 2, beside, made.sum() / this.seconds, refused.sum() / this.seconds);
  }

  private static void repeat(
      Flood flood,
      WasmRuntime runtime,
      Json json,
      AtomicBoolean goesOn,
      LongAdder made,
      LongAdder refused) {
    while (goesOn.get()) {
      try {
        flood.deed().perform(runtime, json);
        made.increment();
      } catch (RuntimeException failure) {
        refused.increment();
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
      }
    }
  }

  /** Calls a second of all threads of the tenant together. */
  private double throughput(Json json, double time) throws InterruptedException {
    LongAdder calls = new LongAdder();
    long start = System.nanoTime();
    long end = start + (long) (time * 1e9);
    List<Thread> threads =
        Stream.generate(
                () ->
                    new Thread(
                        () -> {
                          while (System.nanoTime() < end) {
                            ask(json);
                            calls.increment();
                          }
                        },
                        TENANT))
            .limit(HALF)
            .toList();
    threads.forEach(Thread::start);
    for (Thread thread : threads) {
      thread.join();
    }
    return calls.sum() / ((System.nanoTime() - start) / 1e9);
  }

  private static String document() {
    StringBuilder document = new StringBuilder("{");
    for (int i = 0; i < MEMBERS; i++) {
      document.append("\"member%d\":[%d,\"ä text\"],".formatted(i, i * 7_919L));
    }
    return document.append("\"z\":{}}").toString();
  }

  private void ask(Json json) {
    if (!json.format(this.document, 2, false).equals(this.expected)) {
      throw new IllegalStateException("A wrong answer");
    }
  }
}
