package io.github.wasmspring.verification.engines;

import io.github.wasmspring.binary.WasmFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Runs random modules on the engine jvm, on the interpreter of Chicory and on Node, and looks for
 * what is not the same; {@code verification/run fuzz-engine} starts it.
 */
public final class FuzzEngine {

  private static final long PROGRESS = TimeUnit.SECONDS.toNanos(10);
  private static final int MOST_DIFFERENCES = 10;

  private final EngineFuzzer fuzzer;
  private final Path folder;
  private long modules;
  private long functions;
  private long calls;
  private long traps;
  private int differences;
  private int overruled;

  private FuzzEngine(EngineFuzzer fuzzer, Path folder) {
    this.fuzzer = fuzzer;
    this.folder = folder;
  }

  /**
   * Arguments are about how many functions, the seed of the first module, the folder for modules
   * that differ, and what features all modules have besides the usual, if not some of all. Exits
   * with 1 if any differ.
   */
  public static void main(String[] arguments) throws IOException {
    long functions = Long.parseLong(arguments[0]);
    long seed = Long.parseLong(arguments[1]);
    Set<WasmFeature> wanted =
        Arrays.stream(arguments).skip(3).map(WasmFeature::valueOf).collect(Collectors.toSet());
    try (EngineFuzzer fuzzer = new EngineFuzzer(wanted)) {
      System.out.printf(
          "Compared with chicory%s, JDK %s%n",
          fuzzer.hasNode() ? " and node" : " only, for there is no node", Runtime.version());
      FuzzEngine fuzz = new FuzzEngine(fuzzer, Path.of(arguments[2]));
      fuzz.run(functions, seed);
      System.exit(fuzz.differences == 0 ? 0 : 1);
    }
  }

  private void run(long functions, long first) throws IOException {
    long progress = System.nanoTime();
    for (long seed = first;
        this.functions < functions && this.differences < MOST_DIFFERENCES;
        seed++) {
      EngineFuzzer.Job job = this.fuzzer.job(seed);
      EngineComparison.Outcome outcome = this.fuzzer.run(job);
      count(job, outcome);
      outcome
          .overruled()
          .forEach(
              each -> System.out.printf("Seed %d, where two others agree: %s%n", job.seed(), each));
      if (!outcome.differences().isEmpty()) {
        report(job, outcome);
      }
      if (System.nanoTime() - progress > PROGRESS) {
        progress = System.nanoTime();
        System.out.println(figures());
      }
    }
    System.out.println(figures());
  }

  private void count(EngineFuzzer.Job job, EngineComparison.Outcome outcome) {
    this.modules++;
    this.overruled += outcome.overruled().size();
    this.functions += job.module().bodies().size();
    for (String answer : outcome.answers()) {
      this.calls += answer.startsWith("state ") ? 0 : 1;
      this.traps += answer.startsWith("trap ") ? 1 : 0;
    }
  }

  private void report(EngineFuzzer.Job job, EngineComparison.Outcome outcome) throws IOException {
    this.differences++;
    long seed = job.seed();
    Set<WasmFeature> features = FurtherFeatures.of(job.module().plan().features());
    outcome
        .differences()
        .forEach(each -> System.out.printf("Seed %d %s, %s%n", seed, features, each));
    GuestRun reduced = this.fuzzer.reduce(job, outcome);
    Files.createDirectories(this.folder);
    Path module = this.folder.resolve("seed-%d.wasm".formatted(seed));
    Files.write(module, reduced.module());
    write("seed-%d.calls".formatted(seed), reduced.calls().stream().map(PlannedCall::toString));
    write("seed-%d.answers".formatted(seed), this.fuzzer.expected(job, reduced).stream());
    System.out.printf("Reduced to %s, called by%n", module);
    reduced.calls().forEach(call -> System.out.println("  " + call));
  }

  private void write(String name, Stream<String> lines) throws IOException {
    Files.write(this.folder.resolve(name), lines.toList());
  }

  private String figures() {
    return String.format(
        Locale.ROOT,
        "{\"modules\": %d, \"functions\": %d, \"calls\": %d, \"traps\": %d, \"overruled\": %d, \"differences\": %d}",
        this.modules,
        this.functions,
        this.calls,
        this.traps,
        this.overruled,
        this.differences);
  }
}
