package io.github.wasmspring.benchmarks.programs;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What splitting big functions gains in real interpreters: processor time of programs in QuickJS
 * and SQLite on Chicory as its documentation shows it, here without splitting, and here. {@code
 * benchmarks/run big-functions} gets the modules and starts it.
 */
public final class BigFunctions {

  private static final int WARM_UP_SECONDS = Integer.getInteger("warm-up", 8);
  private static final int ROUNDS = Integer.getInteger("rounds", 9);

  private BigFunctions() {}

  /**
   * Takes the files of QuickJS and SQLite, {@code stock}, {@code unsplit} or {@code split}, and for
   * the latter two the engine.
   */
  public static void main(String[] arguments) throws IOException {
    Function<byte[], Guest> engine =
        switch (arguments[2]) {
          case "stock" -> Guest::onChicory;
          case "unsplit" ->
              module -> Guest.here(module, Guest.answering0(module), arguments[3], false);
          case "split" ->
              module -> Guest.here(module, Guest.answering0(module), arguments[3], true);
          default -> throw new IllegalArgumentException(arguments[2]);
        };
    byte[] quickJs = Files.readAllBytes(Path.of(arguments[0]));
    byte[] sqlite = Files.readAllBytes(Path.of(arguments[1]));
    String label = String.join(" ", List.of(arguments).subList(2, arguments.length));
    measure(label, Program.QUICKJS_SCRIPT, engine.apply(quickJs));
    measure(label, Program.SQLITE_RECURSIVE, engine.apply(sqlite));
    measure(label, Program.SQLITE_GROUP_BY, engine.apply(sqlite));
    System.exit(0);
  }

  private static void measure(String engine, Program measured, Guest guest) {
    Supplier<String> program = measured.prepare(guest);
    long end = System.nanoTime() + WARM_UP_SECONDS * 1_000_000_000L;
    while (System.nanoTime() < end) {
      String unused = program.get();
    }
    double[] times = new double[ROUNDS];
    for (int i = 0; i < ROUNDS; i++) {
      long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
      String unused = program.get();
      times[i] = (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start) / 1e6;
    }
    Arrays.sort(times);
    System.out.printf(
        "%d,%s,%s,%.1f,%.1f,%.1f%n",
        Runtime.version().feature(),
        measured.label(),
        engine,
        times[ROUNDS / 2],
        times[ROUNDS / 10],
        times[ROUNDS - 1 - ROUNDS / 10]);
  }
}
