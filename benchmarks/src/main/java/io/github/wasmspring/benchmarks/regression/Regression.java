package io.github.wasmspring.benchmarks.regression;

import io.github.wasmspring.benchmarks.compare.Effort;
import io.github.wasmspring.benchmarks.compare.Figures;
import io.github.wasmspring.benchmarks.compare.SingleCell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Measures beans of two builds in turns and says whether the second is slower. {@code
 * benchmarks/run regression} starts it. Arguments: names and class paths of both, how many
 * processes each, the file for the figures, and the cases. Exits with 1 if something is slower,
 * with 2 if it can't be measured.
 */
public final class Regression {

  private static final String BEAN = "wasmspring";

  /** Uses nothing that is built here but the modules, and so tells what the machine does. */
  private static final String CONTROL = "chicory-default";

  private static final List<String> CONTROL_CASES = List.of("kernel.fft-1024", "call.string-1k");

  /** What looks slower is measured again that many times as often, and judged by that alone. */
  private static final int AGAIN = 2;

  /** Where what can't differ differs by more, nothing that is found missing is missing. */
  private static final double TOO_BUSY = 0.2;

  private record Build(String name, String classPath) {}

  private record Pair(List<Double> before, List<Double> after) {

    Slowdown slowdown(double drift) {
      return Slowdown.of(array(this.before), array(this.after), drift);
    }

    double drift() {
      return Slowdown.drift(array(this.before), array(this.after));
    }

    private static double[] array(List<Double> values) {
      return values.stream().mapToDouble(Double::doubleValue).toArray();
    }
  }

  private final Build before;
  private final Build after;
  private final int forks;
  private final List<String> figures = new ArrayList<>(List.of("commit,case,engine,fork,ns"));

  private Regression(Build before, Build after, int forks) {
    this.before = before;
    this.after = after;
    this.forks = forks;
  }

  public static void main(String[] arguments) {
    int exit;
    try {
      Regression regression =
          new Regression(
              new Build(arguments[0], arguments[1]),
              new Build(arguments[2], arguments[3]),
              Integer.parseInt(arguments[4]));
      try {
        exit = regression.findSlower(List.of(arguments).subList(6, arguments.length)) ? 1 : 0;
      } finally {
        Files.write(Path.of(arguments[5]), regression.figures);
      }
    } catch (IOException | InterruptedException | RuntimeException failure) {
      System.err.println("regression: " + failure.getMessage());
      exit = 2;
    }
    System.exit(exit);
  }

  private boolean findSlower(List<String> cases) throws IOException, InterruptedException {
    double drift = drift(this.forks);
    System.out.printf(
        Locale.ROOT,
        "%s to %s; what can't differ differs by %.1f %%%n",
        this.before.name(),
        this.after.name(),
        100 * drift);
    List<String> suspects = judge(measure(cases, BEAN, this.forks), drift);
    if (suspects.isEmpty()) {
      refuseIfBusy(drift);
      return false;
    }
    System.out.println("Again, what looks slower:");
    int more = AGAIN * this.forks;
    double newDrift = drift(more);
    boolean slower = !judge(measure(suspects, BEAN, more), newDrift).isEmpty();
    if (!slower) {
      refuseIfBusy(Math.max(drift, newDrift));
    }
    return slower;
  }

  private static void refuseIfBusy(double drift) {
    if (drift > TOO_BUSY) {
      throw new IllegalStateException(
          "nothing can be told, for what can't differ differs by %.0f %%: is the machine idle?"
              .formatted(100 * drift));
    }
  }

  private double drift(int count) throws IOException, InterruptedException {
    return measure(CONTROL_CASES, CONTROL, count).values().stream()
        .mapToDouble(Pair::drift)
        .max()
        .orElse(0);
  }

  /** Both in turns, so that what the machine does meanwhile hits both. */
  private Map<String, Pair> measure(List<String> cases, String engine, int count)
      throws IOException, InterruptedException {
    Map<String, Pair> pairs = new LinkedHashMap<>();
    for (int fork = 0; fork < count; fork++) {
      for (String name : cases) {
        Pair pair =
            pairs.computeIfAbsent(name, key -> new Pair(new ArrayList<>(), new ArrayList<>()));
        if (fork % 2 == 0) {
          pair.before().add(measure(this.before, name, engine, fork));
          pair.after().add(measure(this.after, name, engine, fork));
        } else {
          pair.after().add(measure(this.after, name, engine, fork));
          pair.before().add(measure(this.before, name, engine, fork));
        }
      }
    }
    return pairs;
  }

  private double measure(Build build, String name, String engine, int fork)
      throws IOException, InterruptedException {
    double value = SingleCell.measure(build.classPath(), name, engine, Effort.QUICK);
    this.figures.add(
        String.format(Locale.ROOT, "%s,%s,%s,%d,%.3f", build.name(), name, engine, fork, value));
    return value;
  }

  /** Prints a line for each case and returns those that are slower. */
  private static List<String> judge(Map<String, Pair> pairs, double drift) {
    List<String> slower = new ArrayList<>();
    pairs.forEach(
        (name, pair) -> {
          Slowdown slowdown = pair.slowdown(drift);
          System.out.printf(
              Locale.ROOT,
              "%-26s %14.1f %14.1f  x%.3f  bound x%.3f  chance %.4f  %s%n",
              name,
              Figures.median(Pair.array(pair.before())),
              Figures.median(Pair.array(pair.after())),
              slowdown.ratio(),
              slowdown.bound(),
              slowdown.chance(),
              slowdown.isSlower() ? "SLOWER" : "");
          if (slowdown.isSlower()) {
            slower.add(name);
          }
        });
    return slower;
  }
}
