package io.github.wasmspring.verification.hostile;

import io.github.wasmspring.WasmException;
import io.github.wasmspring.bundle.json.Json;
import io.github.wasmspring.client.WasmModuleManager;
import io.github.wasmspring.runtime.WasmRuntime;
import io.github.wasmspring.verification.Latencies;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;

/**
 * By how much a module slows another one down: one thread makes the same hostile call again and
 * again while this one calls {@code json}. Prints a table, with a plain loop in Java and a second
 * caller of {@code json} to compare with; {@code verification/run neighbours} starts it.
 */
public final class Neighbours {

  private static final Duration DEADLINE = Duration.ofMillis(100);
  private static final double WARM_UP_SECONDS = 5;
  private static final int MEMBERS = 40;

  private final WasmRuntime runtime = WasmRuntime.withInstalledModules();
  private final WasmModuleManager manager = this.runtime.manager();
  private final Json json = this.manager.bind(Json.class);
  private final String document = document();
  private final String expected = new Json() {}.format(this.document, 2, false);
  private final double seconds;

  private Neighbours(double seconds) {
    this.seconds = seconds;
    new HostileModules(Duration.ofSeconds(5)).modules().forEach(this.runtime::register);
  }

  /** The argument is how many seconds to measure each. */
  public static void main(String[] arguments) {
    Neighbours neighbours = new Neighbours(Double.parseDouble(arguments[0]));
    neighbours.measure(WARM_UP_SECONDS);
    System.out.println(
        "| the neighbour | its calls a second | `json.format`: median, µs | 99 %, µs | median, times | 99 %, times |");
    System.out.println("|---|--:|--:|--:|--:|--:|");
    neighbours.compare("nothing", () -> TimeUnit.MILLISECONDS.sleep(100));
    neighbours.compare("a loop in Java", Neighbours::spinInJava);
    neighbours.compare("another caller of `json.format`", neighbours::ask);
    for (Attack attack : Attack.ALL) {
      neighbours.compare(attack.name(), () -> neighbours.perform(attack));
    }
    neighbours.runtime.close();
  }

  private static String document() {
    StringBuilder document = new StringBuilder("{");
    for (int i = 0; i < MEMBERS; i++) {
      document.append("\"member%d\":[%d,\"ä text\"],".formatted(i, i * 7_919L));
    }
    return document.append("\"z\":{}}").toString();
  }

  private interface Deed {
    void perform() throws InterruptedException;
  }

  private static void spinInJava() {
    long end = System.nanoTime() + DEADLINE.toNanos();
    while (System.nanoTime() < end) {
      Thread.onSpinWait();
    }
  }

  private void perform(Attack attack) {
    WasmException failure = attack.perform(this.manager, DEADLINE);
    if (failure == null) {
      throw new IllegalStateException(attack + " came back");
    }
    if (failure.category() != attack.expected()) {
      throw failure;
    }
  }

  /** Each is compared with how it was without a neighbour immediately before. */
  private void compare(String name, Deed deed) {
    Latencies alone = measure(this.seconds);
    AtomicBoolean goesOn = new AtomicBoolean(true);
    LongAdder deeds = new LongAdder();
    Thread neighbour = new Thread(() -> repeat(deed, goesOn, deeds), "neighbour");
    neighbour.start();
    Latencies beside = measure(this.seconds);
    goesOn.set(false);
    join(neighbour);
    System.out.printf(
        "| %s | %.0f | %.1f | %.1f | %.2f | %.2f |%n",
        name,
        deeds.sum() / this.seconds,
        beside.micros(0.5),
        beside.micros(0.99),
        beside.micros(0.5) / alone.micros(0.5),
        beside.micros(0.99) / alone.micros(0.99));
  }

  private static void repeat(Deed deed, AtomicBoolean goesOn, LongAdder deeds) {
    try {
      while (goesOn.get()) {
        deed.perform();
        deeds.increment();
      }
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException("A call left the interrupt flag behind", interrupted);
    }
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException("A call left the interrupt flag behind", interrupted);
    }
  }

  private Latencies measure(double time) {
    Latencies latencies = new Latencies();
    long end = System.nanoTime() + (long) (time * 1e9);
    for (long start = System.nanoTime(); start < end; start = System.nanoTime()) {
      ask();
      latencies.add(System.nanoTime() - start);
    }
    return latencies;
  }

  private void ask() {
    if (!this.json.format(this.document, 2, false).equals(this.expected)) {
      throw new IllegalStateException("A wrong answer");
    }
  }
}
