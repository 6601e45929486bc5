package io.github.wasmspring.benchmarks.studies;

import io.github.wasmspring.module.WasmModuleDescriptor;
import io.github.wasmspring.module.WasmModuleSettings.Pool;
import io.github.wasmspring.module.WasmResetPolicy;
import io.github.wasmspring.runtime.WasmRuntime;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * What it costs that a call finds nothing of the calls before it: a call through an interface that
 * adds two numbers, by reset policy, for a guest with 128 KiB and one with 16 MiB of memory. Prints
 * a table.
 */
public final class Isolation {

  /** The guest of calls.wat and large.wat. */
  public interface Adder {

    int add(int one, int two);
  }

  private static final int CALLS = 5_000;
  private static final Duration WARM_UP = Duration.ofSeconds(2);
  private static final Duration HURRY = Duration.ofSeconds(3);
  private static final int PREPARED = 16;

  private Isolation() {}

  public static void main(String[] arguments) {
    System.out.println("| guest | reset | median, us | 99 % | one after the other |");
    System.out.println("|---|---|--:|--:|--:|");
    for (String guest : new String[] {"calls", "large"}) {
      long pause = guest.equals("calls") ? 200_000 : 5_000_000;
      measure(guest, "none", pause, pool -> pool.reset(WasmResetPolicy.NONE));
      measure(guest, "memory", pause, pool -> pool.reset(WasmResetPolicy.MEMORY));
      measure(guest, "fresh", pause, pool -> pool.reset(WasmResetPolicy.FRESH));
      measure(
          guest,
          "fresh, prepared",
          pause,
          pool -> pool.reset(WasmResetPolicy.FRESH).min(0).max(2 * PREPARED).prepared(PREPARED));
    }
  }

  private static void measure(
      String guest, String name, long pauseNanos, Consumer<Pool.Builder> settings) {
    try (WasmRuntime runtime = WasmRuntime.create()) {
      runtime.register(
          WasmModuleDescriptor.builder("adder")
              .location("classpath:wasm/" + guest + ".wasm")
              .settings(all -> all.pool(settings))
              .build());
      Adder adder = runtime.manager().bind(Adder.class, "adder", "*");
      oneAfterTheOther(adder, WARM_UP);
      double[] paced = paced(adder, pauseNanos);
      System.out.printf(
          "| `%s` | %s | %.2f | %.2f | %.2f |%n",
          guest,
          name,
          paced[paced.length / 2],
          paced[paced.length * 99 / 100],
          oneAfterTheOther(adder, HURRY));
    }
  }

  /** With pauses in which the stock fills up again; microseconds, in order. */
  private static double[] paced(Adder adder, long pauseNanos) {
    int calls = (int) Math.min(CALLS, Duration.ofSeconds(10).toNanos() / pauseNanos);
    double[] micros = new double[calls];
    for (int i = 0; i < calls; i++) {
      long next = System.nanoTime() + pauseNanos;
      while (System.nanoTime() < next) {
        Thread.onSpinWait();
      }
      long start = System.nanoTime();
      adder.add(i, 1);
      micros[i] = (System.nanoTime() - start) / 1e3;
    }
    Arrays.sort(micros);
    return micros;
  }

  /** Without pauses; microseconds a call. */
  private static double oneAfterTheOther(Adder adder, Duration duration) {
    long start = System.nanoTime();
    long calls = 0;
    while (System.nanoTime() - start < duration.toNanos()) {
      for (int i = 0; i < 10; i++) {
        adder.add(i, 1);
      }
      calls += 10;
    }
    return (System.nanoTime() - start) / 1e3 / calls;
  }
}
