package io.github.wasmspring.benchmarks.studies;

import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.WasmException;
import io.github.wasmspring.WasmFunctionType;
import io.github.wasmspring.internal.sandbox.CallGuard;
import io.github.wasmspring.internal.sandbox.CallWatchdog;
import io.github.wasmspring.module.WasmEngineMode;
import io.github.wasmspring.module.WasmImportDefinition;
import io.github.wasmspring.module.WasmModuleDescriptor;
import io.github.wasmspring.runtime.WasmRuntime;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/**
 * By how much calls that never come back exceed a deadline of 20 ms, from the call to the
 * exception. Prints a table.
 */
public final class Deadlines {

  private static final Duration TIMEOUT = Duration.ofMillis(20);
  private static final int CALLS = 200;
  private static final int GUARDED = 5_000_000;

  private Deadlines() {}

  public static void main(String[] arguments) {
    measureGuard();
    System.out.println("| call | engine | median, ms | 99 % | worst of " + CALLS + " |");
    System.out.println("|---|---|--:|--:|--:|");
    for (WasmEngineMode mode : WasmEngineMode.values()) {
      try (WasmRuntime runtime = WasmRuntime.create()) {
        runtime.register(module(mode)).manager().warmUp("late");
        measure(runtime, mode, "spin");
        measure(runtime, mode, "spin_conditionally", 1);
        measure(runtime, mode, "spin_in_memory");
        measure(runtime, mode, "wait_in_host");
      }
    }
  }

  private static void measureGuard() {
    try (CallWatchdog watchdog = new CallWatchdog()) {
      CallGuard guard = watchdog.guard();
      long ticks = CallWatchdog.ticks(TIMEOUT);
      long best = Long.MAX_VALUE;
      for (int round = 0; round < 20; round++) {
        long start = System.nanoTime();
        for (int i = 0; i < GUARDED; i++) {
          guard.enter(ticks);
          guard.leave();
        }
        best = Math.min(best, System.nanoTime() - start);
      }
      System.out.printf("A call that is in time: %.1f ns%n", (double) best / GUARDED);
    }
  }

  private static WasmModuleDescriptor module(WasmEngineMode mode) {
    return WasmModuleDescriptor.builder("late")
        .location("classpath:wasm/late.wasm")
        .settings(settings -> settings.engineMode(mode))
        .imports(
            new WasmImportDefinition(
                "env",
                "wait",
                new WasmFunctionType(List.of(), List.of()),
                (caller, none) -> {
                  new CountDownLatch(1).await();
                  return new long[0];
                }))
        .build();
  }

  private static void measure(
      WasmRuntime runtime, WasmEngineMode mode, String operation, Object... arguments) {
    double[] late = new double[CALLS];
    for (int i = 0; i < CALLS; i++) {
      late[i] = lateness(runtime, operation, arguments);
    }
    Arrays.sort(late);
    System.out.printf(
        "| `%s` | %s | %.1f | %.1f | %.1f |%n",
        operation, mode, late[CALLS / 2], late[CALLS * 99 / 100], late[CALLS - 1]);
  }

  private static double lateness(WasmRuntime runtime, String operation, Object... arguments) {
    long start = System.nanoTime();
    try {
      runtime
          .manager()
          .module("late")
          .operation(operation)
          .arguments(arguments)
          .timeout(TIMEOUT)
          .retrieve(void.class);
    } catch (WasmException failure) {
      long nanos = System.nanoTime() - start;
      if (failure.category() != WasmErrorCategory.TIMEOUT
          || Thread.currentThread().isInterrupted()) {
        throw failure;
      }
      return (nanos - TIMEOUT.toNanos()) / 1e6;
    }
    throw new IllegalStateException(operation + " came back");
  }
}
