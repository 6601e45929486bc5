package io.github.wasmspring.benchmarks.studies;

import io.github.wasmspring.benchmarks.Inputs;
import io.github.wasmspring.benchmarks.compare.Figures;
import io.github.wasmspring.bundle.compute.Compute;
import io.github.wasmspring.bundle.json.Json;
import io.github.wasmspring.observe.WasmProfile;
import io.github.wasmspring.observe.WasmProfiler;
import io.github.wasmspring.runtime.WasmRuntime;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;

/**
 * How much more of the processor calls take while a profiler looks at them, in turns with calls
 * that nobody looks at. Prints a table and the stacks of the last profile, folded.
 */
public final class ProfilerCost {

  private static final int SIZE = 128;
  private static final int TURNS = 9;
  private static final Duration TURN = Duration.ofMillis(200);
  private static final int[] RATES = {0, 100, 1000};

  private ProfilerCost() {}

  public static void main(String[] arguments) {
    float[] floats = Inputs.floats(SIZE * SIZE);
    String document = Inputs.json(10_000);
    try (WasmRuntime runtime = WasmRuntime.withInstalledModules();
        WasmProfiler profiler = runtime.profiler()) {
      Compute compute = runtime.manager().bind(Compute.class);
      Json json = runtime.manager().bind(Json.class);
      System.out.println("| calls | not profiled, us | 100 a second | 1,000 a second |");
      System.out.println("|---|--:|--:|--:|");
      measure(
          "product of matrices",
          profiler,
          () -> compute.matmulF32(floats, floats, SIZE, SIZE, SIZE));
      measure("format JSON, 10 KB", profiler, () -> json.format(document, 2, false));
      System.out.print(Objects.requireNonNull(profiler.profile()).folded());
    }
  }

  private static void measure(String name, WasmProfiler profiler, Runnable call) {
    double[][] micros = new double[RATES.length][TURNS];
    for (int turn = -3; turn < TURNS; turn++) {
      for (int i = 0; i < RATES.length; i++) {
        if (RATES[i] > 0) {
          profiler.start(RATES[i], WasmProfiler.MAX_DURATION, null);
        }
        double result = turn(call);
        WasmProfile profile = profiler.stop();
        if (RATES[i] > 0 && Objects.requireNonNull(profile).samples() == 0) {
          throw new IllegalStateException("Nothing was sampled");
        }
        if (turn >= 0) {
          micros[i][turn] = result;
        }
      }
    }
    double[] median = Arrays.stream(micros).mapToDouble(Figures::median).toArray();
    System.out.printf(
        "| %s | %.1f | %+.1f %% | %+.1f %% |%n",
        name, median[0], 100 * (median[1] / median[0] - 1), 100 * (median[2] / median[0] - 1));
  }

  /** Time of the processor alone, for others may want it too. */
  private static double turn(Runnable call) {
    long start = cpuTime();
    long calls = 0;
    while (cpuTime() - start < TURN.toNanos()) {
      call.run();
      calls++;
    }
    return (cpuTime() - start) / 1e3 / calls;
  }

  private static long cpuTime() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }
}
