package io.github.wasmspring.bundle.compute;

import io.github.wasmspring.WasmOperationException;
import java.util.SplittableRandom;
import java.util.function.IntToDoubleFunction;

/** Kernels on made-up data, the same as the module's. */
final class JavaBenchmark {

  private static final int MAX_SIZE = 1 << 16;
  private static final int MAX_MATRIX = 1024;

  private JavaBenchmark() {}

  static double[] run(String kernel, int size, int repetitions) {
    boolean known =
        switch (kernel) {
          case "matmul", "fft", "kmeans", "cosine" -> true;
          default -> false;
        };
    if (!known) {
      throw new WasmOperationException(
          "compute.kernel", "the kernels are matmul, fft, kmeans and cosine", null);
    }
    Shapes.require(size > 0 && repetitions > 0, "size and repetitions must be at least 1");
    Shapes.requireWithin(
        size <= (kernel.equals("matmul") ? MAX_MATRIX : MAX_SIZE),
        "the size must not be more than 65536, for matmul 1024");
    IntToDoubleFunction once = prepare(kernel, size, new SplittableRandom(1));
    double sum = 0;
    for (int repetition = 0; repetition < repetitions; repetition++) {
      sum += once.applyAsDouble(repetition);
    }
    return new double[] {sum};
  }

  private static IntToDoubleFunction prepare(String kernel, int size, SplittableRandom random) {
    switch (kernel) {
      case "matmul" -> {
        float[] a = floats(random, size * size);
        float[] b = floats(random, size * size);
        return repetition -> JavaMatrix.multiply(a, b, size, size, size)[0];
      }
      case "fft" -> {
        double[] data = random.doubles(2L * size).toArray();
        return repetition -> JavaFft.forward(data.clone())[0];
      }
      case "kmeans" -> {
        double[] points = random.doubles(3L * size).toArray();
        return seed -> JavaClusters.centroids(points, 3, Math.min(size, 8), 10, seed)[0];
      }
      default -> {
        float[] query = floats(random, 128);
        float[] rows = floats(random, 128 * size);
        return repetition -> JavaSimilarity.cosine(query, rows)[0];
      }
    }
  }

  private static float[] floats(SplittableRandom random, int count) {
    float[] floats = new float[count];
    for (int at = 0; at < count; at++) {
      floats[at] = (float) random.nextDouble();
    }
    return floats;
  }
}
