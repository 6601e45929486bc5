package io.github.wasmspring.bundle.compute;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wasmspring.WasmCallOptions;
import io.github.wasmspring.WasmExecutionMode;
import io.github.wasmspring.WasmModule;
import io.github.wasmspring.client.WasmModuleManager;
import io.github.wasmspring.runtime.WasmRuntime;
import java.util.Arrays;
import java.util.Random;

/** The module without its fallback, and the fallback without the module. */
final class ComputeSides implements AutoCloseable {

  /** No fallback: whatever the module does wrong is seen. */
  @WasmModule("compute")
  interface WasmCompute {

    ComputeCapabilities capabilities(WasmCallOptions options);

    float[] matmulF32(float[] a, float[] b, int m, int k, int n, WasmCallOptions options);

    double[] matmulF64(double[] a, double[] b, int m, int k, int n, WasmCallOptions options);

    double[] fft(double[] signal, WasmCallOptions options);

    double[] inverseFft(double[] spectrum, WasmCallOptions options);

    double[] realFft(double[] signal, WasmCallOptions options);

    double[] inverseRealFft(double[] spectrum, int length, WasmCallOptions options);

    double[] kMeans(
        double[] points, int dimensions, int k, int iterations, long seed, WasmCallOptions options);

    int[] nearestCentroids(
        double[] points, double[] centroids, int dimensions, WasmCallOptions options);

    float[] dot(float[] query, float[] rows, WasmCallOptions options);

    float[] cosine(float[] query, float[] rows, WasmCallOptions options);

    float[] squaredL2(float[] query, float[] rows, WasmCallOptions options);

    double[] statistics(double[] values, WasmCallOptions options);

    double[] benchmark(String kernel, int size, int repetitions, WasmCallOptions options);
  }

  static final WasmCallOptions WASM = WasmCallOptions.mode(WasmExecutionMode.WASM);

  private final WasmRuntime runtime = WasmRuntime.withInstalledModules();
  final WasmCompute wasm = this.runtime.manager().bind(WasmCompute.class);
  final Compute java = new Compute() {};

  WasmModuleManager manager() {
    return this.runtime.manager();
  }

  @Override
  public void close() {
    this.runtime.close();
  }

  /** The answer of both, which must have the same bits. */
  static double[] same(double[] wasm, double[] java) {
    assertThat(Arrays.mismatch(wasm, java)).as("where the answers differ").isEqualTo(-1);
    return wasm;
  }

  static float[] same(float[] wasm, float[] java) {
    assertThat(Arrays.mismatch(wasm, java)).as("where the answers differ").isEqualTo(-1);
    return wasm;
  }

  static double[] doubles(Random random, int count) {
    return random.doubles(count, -1, 1).toArray();
  }

  static float[] floats(Random random, int count) {
    float[] floats = new float[count];
    for (int at = 0; at < count; at++) {
      floats[at] = 2 * random.nextFloat() - 1;
    }
    return floats;
  }
}
