package io.github.wasmspring.benchmarks.studies;

import io.github.wasmspring.WasmExecutionMode;
import io.github.wasmspring.benchmarks.Jvm;
import io.github.wasmspring.client.WasmModuleManager;
import io.github.wasmspring.module.WasmModuleProvider;
import io.github.wasmspring.runtime.WasmRuntime;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;

/**
 * The first call of one module in this JVM, from the call to the result, and what all bundled
 * modules cost before any of them is loaded. Prints one JSON object; {@code benchmarks/run
 * cold-start} starts it often enough.
 */
public final class ColdStart {

  /** An operation of each module with small arguments. */
  private static final Map<String, Call> CALLS =
      new TreeMap<>(
          Map.of(
              "compression",
              new Call("gzip", new byte[] {1, 2, 3}, 6),
              "compute",
              new Call("fft", new double[] {1, 0, 0, 0}),
              "compute-parallel",
              new Call("matmulF32", new float[] {1}, new float[] {1}, 1, 1, 1, 2),
              "crypto",
              new Call("sha256", new byte[] {1, 2, 3}),
              "hash",
              new Call("sha512", new byte[] {1, 2, 3}),
              "json",
              new Call("format", "{\"b\":1}", 2, false),
              "memory",
              new Call("compare", new byte[] {1, 2, 3}, new byte[] {1, 2, 4}),
              "strings",
              new Call("search", "haystack", "st"),
              "validation",
              new Call("uuid", "7f8f1dcb-5f3c-4bd2-b4cd-4a0fdbb1d1a5", 0)));

  private record Call(String operation, Object... arguments) {

    Object make(WasmModuleManager manager, String module) {
      return manager
          .module(module)
          .operation(this.operation)
          .arguments(this.arguments)
          .mode(WasmExecutionMode.WASM)
          .retrieve(Object.class)
          .source();
    }
  }

  private ColdStart() {}

  /**
   * Without an argument prints the names of the modules. The second one is {@code warm} or {@code
   * cold}, whether the runtime's warm-up has run before.
   */
  public static void main(String[] arguments) {
    if (arguments.length == 0) {
      CALLS.keySet().forEach(System.out::println);
      return;
    }
    String module = arguments[0];
    long heap = Jvm.usedHeap(1);
    long start = System.nanoTime();
    try (WasmRuntime runtime = WasmRuntime.create()) {
      long created = System.nanoTime();
      for (WasmModuleProvider provider : ServiceLoader.load(WasmModuleProvider.class)) {
        provider.modules().forEach(runtime::register);
      }
      long registered = System.nanoTime();
      long idleHeap = Jvm.usedHeap(1) - heap;
      boolean warm = "warm".equals(arguments[1]);
      if (warm) {
        WasmRuntime.warmUp();
      }
      long called = System.nanoTime();
      CALLS.get(module).make(runtime.manager(), module);
      long answered = System.nanoTime();
      CALLS.get(module).make(runtime.manager(), module);
      long again = System.nanoTime();
      System.out.printf(
          "{\"module\":\"%s%s\",\"runtimeMillis\":%.1f,\"registerMillis\":%.1f,\"idleHeapKb\":%d,"
              + "\"firstCallMillis\":%.1f,\"secondCallMillis\":%.1f}%n",
          module,
          warm ? ", warm" : "",
          (created - start) / 1e6,
          (registered - created) / 1e6,
          idleHeap >> 10,
          (answered - called) / 1e6,
          (again - answered) / 1e6);
    }
  }
}
