package io.github.wasmspring.benchmarks.studies;

import io.github.wasmspring.WasmFunctionType;
import io.github.wasmspring.client.WasmModuleClient;
import io.github.wasmspring.module.WasmEngineMode;
import io.github.wasmspring.module.WasmImportDefinition;
import io.github.wasmspring.module.WasmModuleDescriptor;
import io.github.wasmspring.runtime.WasmRuntime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ForkJoinPool;
import java.util.function.LongSupplier;

/**
 * What a call that answers later costs, how soon a guest has stopped after its call was cancelled,
 * and what another module notices of a thousand calls that never come back. Prints a table.
 */
public final class LaterCalls {

  private static final int CALLS = 2000;
  private static final int CANCELLED = 200;
  private static final int NOISE = 1000;

  private LaterCalls() {}

  public static void main(String[] arguments) {
    System.out.println("| | median, µs | 99 % | worst |");
    System.out.println("|---|--:|--:|--:|");
    try (WasmRuntime runtime = WasmRuntime.create()) {
      runtime.register(
          WasmModuleDescriptor.builder("calls").location("classpath:wasm/calls.wasm").build());
      runtime.register(endless("noisy", WasmEngineMode.COMPILED));
      runtime.register(endless("interpreted", WasmEngineMode.INTERPRETER));
      WasmModuleClient calls = runtime.manager().module("calls");
      LongSupplier later =
          () -> time(() -> calls.operation("add").arguments(1, 2).retrieveAsync(int.class).join());
      LongSupplier common =
          () ->
              time(
                  () ->
                      CompletableFuture.supplyAsync(
                              () -> calls.operation("add").arguments(1, 2).retrieve(int.class),
                              ForkJoinPool.commonPool())
                          .join());
      print("warm-up, not to be counted", CALLS * 10, later);
      print("a call on another thread, through the common pool of the JDK", CALLS, common);
      print("a call that answers later", CALLS, later);
      print("from cancelling to a free thread, compiled", CANCELLED, () -> stop(runtime, "noisy"));
      print("the same, interpreted", CANCELLED, () -> stop(runtime, "interpreted"));
      List<CompletableFuture<?>> noise = new ArrayList<>();
      for (int i = 0; i < NOISE; i++) {
        noise.add(runtime.manager().module("noisy").operation("spin").retrieveAsync(void.class));
      }
      print("a call that answers later, beside 1,000 that never do", CALLS, later);
      noise.forEach(each -> each.cancel(true));
    }
  }

  private static WasmModuleDescriptor endless(String id, WasmEngineMode mode) {
    return WasmModuleDescriptor.builder(id)
        .location("classpath:wasm/late.wasm")
        .settings(
            settings ->
                settings.engineMode(mode).limits(limits -> limits.timeout(Duration.ofHours(1))))
        .imports(
            new WasmImportDefinition(
                "env",
                "wait",
                new WasmFunctionType(List.of(), List.of()),
                (caller, none) -> new long[0]))
        .build();
  }

  private static long time(Runnable call) {
    long start = System.nanoTime();
    call.run();
    return System.nanoTime() - start;
  }

  private static long stop(WasmRuntime runtime, String module) {
    CompletableFuture<?> spinning =
        runtime.manager().module(module).operation("spin").retrieveAsync(void.class);
    while (runtime.manager().status(module).get(0).pool().inUse() == 0) {
      Thread.onSpinWait();
    }
    return time(
        () -> {
          spinning.cancel(true);
          while (runtime.tasks().tasks(module, 0).running() > 0) {
            Thread.onSpinWait();
          }
        });
  }

  private static void print(String what, int calls, LongSupplier call) {
    long[] nanos = new long[calls];
    for (int i = 0; i < calls; i++) {
      nanos[i] = call.getAsLong();
    }
    Arrays.sort(nanos);
    System.out.printf(
        "| %s | %.1f | %.1f | %.1f |%n",
        what, nanos[calls / 2] / 1e3, nanos[calls * 99 / 100] / 1e3, nanos[calls - 1] / 1e3);
  }
}
