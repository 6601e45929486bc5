package io.github.wasmspring.benchmarks.studies;

import io.github.wasmspring.WasmCallOptions;
import io.github.wasmspring.WasmExecutionMode;
import io.github.wasmspring.WasmModule;
import io.github.wasmspring.adaptive.WasmAdaptiveRow;
import io.github.wasmspring.benchmarks.Inputs;
import io.github.wasmspring.bundle.crypto.Crypto;
import io.github.wasmspring.bundle.memory.Memory;
import io.github.wasmspring.runtime.WasmRuntime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Two operations with small and large inputs in turns, answered by the module, by Java and by
 * whichever adaptive execution chooses, all in turns as well. Prints a table: the median of blocks
 * of a few calls, nanoseconds a call. Then what adaptive execution knows.
 */
public final class AdaptiveMix {

  private static final int[] SIZES = {16, 1 << 10, 64 << 10};
  private static final int BLOCK = 10;
  private static final int BLOCKS = 2000;

  private static final List<WasmExecutionMode> MODES =
      List.of(WasmExecutionMode.WASM, WasmExecutionMode.JAVA, WasmExecutionMode.ADAPTIVE);

  /** A bundled operation with a mode for each call. */
  @WasmModule("memory")
  interface Differences {

    default int[] differingRanges(byte[] a, byte[] b, int gap, WasmCallOptions options) {
      return new Memory() {}.differingRanges(a, b, gap);
    }
  }

  /** A bundled operation with a mode for each call. */
  @WasmModule("crypto")
  interface Digest {

    default byte[] sha256(byte[] data, WasmCallOptions options) {
      return new Crypto() {}.sha256(data);
    }
  }

  private interface Operation {
    int call(byte[] before, byte[] after, WasmCallOptions options);
  }

  private AdaptiveMix() {}

  public static void main(String[] arguments) {
    try (WasmRuntime runtime = WasmRuntime.withInstalledModules()) {
      Differences memory = runtime.manager().bind(Differences.class);
      Digest crypto = runtime.manager().bind(Digest.class);
      Map<String, Operation> operations =
          Map.of(
              "memory.differingRanges",
              (before, after, options) -> memory.differingRanges(before, after, 0, options).length,
              "crypto.sha256",
              (before, after, options) -> crypto.sha256(before, options).length);
      System.out.println("| | bytes | module | Java | adaptive | adaptive / quicker side |");
      System.out.println("|---|--:|--:|--:|--:|--:|");
      operations.forEach(
          (name, operation) -> {
            measure(operation);
            print(name, measure(operation));
          });
      print(runtime, "memory", "differingRanges");
      print(runtime, "crypto", "sha256");
    }
  }

  private static void print(WasmRuntime runtime, String module, String operation) {
    for (WasmAdaptiveRow row : runtime.manager().status(module).get(0).adaptive().get(operation)) {
      System.out.println(operation + " " + row);
    }
  }

  private static void print(String name, long[][][] nanos) {
    for (int size = 0; size < SIZES.length; size++) {
      double module = median(nanos[size][0]);
      double java = median(nanos[size][1]);
      double adaptive = median(nanos[size][2]);
      System.out.printf(
          "| `%s` | %,d | %,.0f | %,.0f | %,.0f | %.2f |%n",
          name, SIZES[size], module, java, adaptive, adaptive / Math.min(module, java));
    }
  }

  private static double median(long[] blocks) {
    Arrays.sort(blocks);
    return (double) blocks[blocks.length / 2] / BLOCK;
  }

  private static long[][][] measure(Operation operation) {
    long[][][] nanos = new long[SIZES.length][MODES.size()][BLOCKS];
    long sum = 0;
    for (int block = 0; block < BLOCKS; block++) {
      for (int size = 0; size < SIZES.length; size++) {
        byte[] before = Inputs.bytes(SIZES[size]);
        byte[] after = before.clone();
        after[after.length / 2]++;
        for (int mode = 0; mode < MODES.size(); mode++) {
          WasmCallOptions options = WasmCallOptions.mode(MODES.get(mode));
          long start = System.nanoTime();
          for (int call = 0; call < BLOCK; call++) {
            sum += operation.call(before, after, options);
          }
          nanos[size][mode][block] = System.nanoTime() - start;
        }
      }
    }
    if (sum == 0) {
      throw new IllegalStateException("Nobody has answered");
    }
    return nanos;
  }
}
