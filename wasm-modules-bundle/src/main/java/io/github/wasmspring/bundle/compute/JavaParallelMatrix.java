package io.github.wasmspring.bundle.compute;

import java.util.stream.IntStream;

/** The matrix product, by blocks of rows that the common pool works on at the same time. */
final class JavaParallelMatrix {

  private static final int ROWS = 16;

  private interface Block {
    void multiply(int from, int to);
  }

  private JavaParallelMatrix() {}

  static float[] multiply(float[] a, float[] b, int m, int k, int n, int threads) {
    requireThreads(threads);
    JavaMatrix.requireShape(a.length, b.length, m, k, n);
    float[] product = new float[m * n];
    forEachBlock(m, threads, (from, to) -> JavaMatrix.multiplyRows(a, b, product, from, to, k, n));
    return product;
  }

  static double[] multiply(double[] a, double[] b, int m, int k, int n, int threads) {
    requireThreads(threads);
    JavaMatrix.requireShape(a.length, b.length, m, k, n);
    double[] product = new double[m * n];
    forEachBlock(m, threads, (from, to) -> JavaMatrix.multiplyRows(a, b, product, from, to, k, n));
    return product;
  }

  private static void requireThreads(int threads) {
    Shapes.require(threads > 0, "threads must be at least 1");
  }

  private static void forEachBlock(int rows, int threads, Block block) {
    IntStream blocks = IntStream.range(0, (rows + ROWS - 1) / ROWS);
    (threads > 1 ? blocks.parallel() : blocks)
        .forEach(each -> block.multiply(each * ROWS, Math.min(rows, (each + 1) * ROWS)));
  }
}
