package io.github.wasmspring.benchmarks.studies;

import io.github.wasmspring.benchmarks.Jvm;
import io.github.wasmspring.engine.CompiledCodeStore;
import io.github.wasmspring.module.WasmModuleDescriptor;
import io.github.wasmspring.runtime.WasmRuntime;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Path;
import java.time.Duration;

/**
 * What it takes this JVM to read and compile a module, or to find it compiled, and to answer a
 * call. Prints one JSON object; {@code benchmarks/run second-start} starts it often enough.
 */
public final class SecondStart {

  private static final long ROOM = 256L << 20;

  private SecondStart() {}

  /** The file of the module, an export without parameters, the directory of the cache. */
  public static void main(String[] arguments) throws InterruptedException {
    CompiledCodeStore store = new CompiledCodeStore(Path.of(arguments[2]), ROOM);
    try (WasmRuntime runtime = WasmRuntime.builder().codeStore(store).build()) {
      runtime.register(
          WasmModuleDescriptor.builder("module")
              .location(Path.of(arguments[0]).toUri().toString())
              .settings(
                  settings ->
                      settings.limits(
                          limits -> limits.compileTimeout(Duration.ofMinutes(10)).memory(ROOM)))
              .build());
      long heap = Jvm.usedHeap(1);
      ManagementFactory.getMemoryPoolMXBeans().forEach(MemoryPoolMXBean::resetPeakUsage);
      long cpu = Jvm.cpuNanos();
      long start = System.nanoTime();
      runtime.manager().module("module").operation(arguments[1]).retrieve(Integer.class);
      long answered = System.nanoTime();
      long answeredCpu = Jvm.cpuNanos();
      long peak = peakHeap();
      System.out.printf(
          "{\"start\":\"%s\",\"firstCallMillis\":%.0f,\"cpuMillis\":%d,\"peakHeapMb\":%.1f,\"keptHeapMb\":%.1f}%n",
          store.status().hits() > 0 ? "second" : "first",
          (answered - start) / 1e6,
          (answeredCpu - cpu) / 1_000_000,
          megabytes(peak - heap),
          megabytes(Jvm.usedHeap(1) - heap));
    }
  }

  private static double megabytes(long bytes) {
    return bytes / 1048576.0;
  }

  /** The peaks of the pools are not of one moment; together they are never too low. */
  private static long peakHeap() {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getType() == MemoryType.HEAP)
        .mapToLong(pool -> pool.getPeakUsage().getUsed())
        .sum();
  }
}
