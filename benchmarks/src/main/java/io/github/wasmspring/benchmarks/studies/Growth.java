package io.github.wasmspring.benchmarks.studies;

import io.github.wasmspring.client.WasmSession;
import io.github.wasmspring.module.WasmModuleDescriptor;
import io.github.wasmspring.runtime.WasmRuntime;

/** What it costs a guest to grow to 256 MiB, one page after the other. Prints a line per run. */
public final class Growth {

  private static final int RUNS = 8;
  private static final long MEMORY = 256L << 20;

  private Growth() {}

  public static void main(String[] arguments) {
    try (WasmRuntime runtime = WasmRuntime.create()) {
      runtime.register(
          WasmModuleDescriptor.builder("page")
              .location("classpath:wasm/page.wasm")
              .settings(all -> all.limits(limits -> limits.memory(MEMORY)))
              .build());
      for (int i = 0; i < RUNS; i++) {
        run(runtime);
      }
    }
  }

  private static void run(WasmRuntime runtime) {
    try (WasmSession session = runtime.manager().open("page")) {
      long start = System.nanoTime();
      long longest = 0;
      int pages = 1;
      while (true) {
        long before = System.nanoTime();
        if ((int) session.call("grow", 1)[0] < 0) {
          break;
        }
        longest = Math.max(longest, System.nanoTime() - before);
        pages++;
      }
      System.out.printf(
          "%d pages: %.1f ms, the longest step %.1f ms%n",
          pages, (System.nanoTime() - start) / 1e6, longest / 1e6);
    }
  }
}
