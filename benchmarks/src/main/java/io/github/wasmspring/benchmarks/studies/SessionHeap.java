package io.github.wasmspring.benchmarks.studies;

import io.github.wasmspring.benchmarks.Jvm;
import io.github.wasmspring.client.WasmSession;
import io.github.wasmspring.module.WasmModuleDescriptor;
import io.github.wasmspring.module.WasmResetPolicy;
import io.github.wasmspring.runtime.WasmRuntime;
import java.util.ArrayList;
import java.util.List;

/**
 * How much heap an instance takes beside its memory: the heap that is in use with 1,000 open
 * sessions of a guest with one page, less that with one. Prints a table by reset policy.
 */
public final class SessionHeap {

  private static final int INSTANCES = 1_000;
  private static final int PAGE = 64 * 1024;
  private static final int COLLECTIONS = 3;

  private SessionHeap() {}

  public static void main(String[] arguments) {
    System.out.println("| reset | heap of an instance, bytes | of its page |");
    System.out.println("|---|--:|--:|");
    for (WasmResetPolicy reset : WasmResetPolicy.values()) {
      long bytes = measure(reset);
      System.out.printf("| `%s` | %,d | %.3f |%n", reset, bytes, (double) bytes / PAGE);
    }
  }

  private static long measure(WasmResetPolicy reset) {
    try (WasmRuntime runtime = WasmRuntime.create()) {
      runtime.register(
          WasmModuleDescriptor.builder("page")
              .location("classpath:wasm/page.wasm")
              .settings(all -> all.pool(pool -> pool.reset(reset).min(0).max(INSTANCES + 1)))
              .build());
      List<WasmSession> sessions = new ArrayList<>(INSTANCES + 1);
      sessions.add(open(runtime));
      long before = Jvm.usedHeap(COLLECTIONS);
      for (int i = 0; i < INSTANCES; i++) {
        sessions.add(open(runtime));
      }
      long after = Jvm.usedHeap(COLLECTIONS);
      sessions.forEach(WasmSession::close);
      return (after - before) / INSTANCES;
    }
  }

  private static WasmSession open(WasmRuntime runtime) {
    WasmSession session = runtime.manager().open("page");
    session.call("add", 1, 2);
    return session;
  }
}
