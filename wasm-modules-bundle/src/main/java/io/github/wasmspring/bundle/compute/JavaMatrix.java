package io.github.wasmspring.bundle.compute;

import java.util.Arrays;

/**
 * The matrix product, row by row: each row of {@code b} is added as often as a number of {@code a}
 * says, which HotSpot does with vector instructions. Each sum still goes from first to last.
 */
final class JavaMatrix {

  private static final int MAX_PRODUCT = 1 << 24;

  private JavaMatrix() {}

  static float[] multiply(float[] a, float[] b, int m, int k, int n) {
    requireShape(a.length, b.length, m, k, n);
    float[] product = new float[m * n];
    multiplyRows(a, b, product, 0, m, k, n);
    return product;
  }

  /** The rows {@code from} to {@code to - 1} of the product. */
  static void multiplyRows(float[] a, float[] b, float[] product, int from, int to, int k, int n) {
    float[] sums = new float[n];
    for (int row = from; row < to; row++) {
      Arrays.fill(sums, 0);
      for (int p = 0; p < k; p++) {
        addScaled(sums, b, p * n, a[row * k + p]);
      }
      System.arraycopy(sums, 0, product, row * n, n);
    }
  }

  static double[] multiply(double[] a, double[] b, int m, int k, int n) {
    requireShape(a.length, b.length, m, k, n);
    double[] product = new double[m * n];
    multiplyRows(a, b, product, 0, m, k, n);
    return product;
  }

  /** The rows {@code from} to {@code to - 1} of the product. */
  static void multiplyRows(
      double[] a, double[] b, double[] product, int from, int to, int k, int n) {
    double[] sums = new double[n];
    for (int row = from; row < to; row++) {
      Arrays.fill(sums, 0);
      for (int p = 0; p < k; p++) {
        addScaled(sums, b, p * n, a[row * k + p]);
      }
      System.arraycopy(sums, 0, product, row * n, n);
    }
  }

  private static void addScaled(float[] sums, float[] b, int from, float factor) {
    for (int column = 0; column < sums.length; column++) {
      sums[column] += factor * b[from + column];
    }
  }

  private static void addScaled(double[] sums, double[] b, int from, double factor) {
    for (int column = 0; column < sums.length; column++) {
      sums[column] += factor * b[from + column];
    }
  }

  static void requireShape(int a, int b, int m, int k, int n) {
    Shapes.require(m > 0 && k > 0 && n > 0, "m, k and n must be at least 1");
    Shapes.require(a == (long) m * k, "a must hold m * k numbers");
    Shapes.require(b == (long) k * n, "b must hold k * n numbers");
    Shapes.requireWithin(
        (long) m * n <= MAX_PRODUCT, "the product must not hold more than 16777216 numbers");
  }
}
