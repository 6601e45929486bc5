package io.github.wasmspring.bundle.compute;

import io.github.wasmspring.WasmModule;
import io.github.wasmspring.WasmOperationException;
import io.github.wasmspring.client.WasmSession;

/**
 * Numerical work on arrays: matrix product, Fourier transform, clustering, similarity, statistics.
 *
 * <p>Matrices and lists of points are row-major, complex numbers are pairs of real and imaginary
 * part. Arguments are not changed. Infinities and NaN are numbers as IEEE 754 has them. Module and
 * fallback answer with the same bits, apart from those that tell one NaN from another.
 *
 * <p>An array whose length does not fit is answered with a {@link WasmOperationException} of code
 * {@code compute.shape}, one beyond the {@linkplain #capabilities() limits} of the module with
 * {@code compute.limit}. Arrays can stay in the module from call to call in a {@link WasmSession}.
 * Products on several threads are in {@link ParallelCompute}.
 */
@WasmModule("compute")
public interface Compute {

  /** What the module offers, and its limits. */
  default ComputeCapabilities capabilities() {
    return ComputeCapabilities.CURRENT;
  }

  /**
   * Multiplies two matrices of 32-bit floats. Each number of the product is summed in 32 bits, from
   * the first to the last.
   *
   * @param a {@code m} rows of {@code k}
   * @param b {@code k} rows of {@code n}
   * @return {@code m} rows of {@code n}
   */
  default float[] matmulF32(float[] a, float[] b, int m, int k, int n) {
    return JavaMatrix.multiply(a, b, m, k, n);
  }

  /**
   * Multiplies two matrices of 64-bit floats.
   *
   * @param a {@code m} rows of {@code k}
   * @param b {@code k} rows of {@code n}
   * @return {@code m} rows of {@code n}
   */
  default double[] matmulF64(double[] a, double[] b, int m, int k, int n) {
    return JavaMatrix.multiply(a, b, m, k, n);
  }

  /**
   * The discrete Fourier transform X[j] = Σ x[t]·exp(-2πi·jt/n), not scaled, for any length n.
   * Lengths with a prime factor above 5 take about eight times as long as others.
   *
   * @param signal n complex numbers, 2n long
   * @return n complex numbers, 2n long
   */
  default double[] fft(double[] signal) {
    return JavaFft.forward(JavaFft.requireComplex(signal).clone());
  }

  /**
   * The inverse of {@link #fft}: x[t] = 1/n · Σ X[j]·exp(2πi·jt/n).
   *
   * @param spectrum n complex numbers, 2n long
   * @return n complex numbers, 2n long
   */
  default double[] inverseFft(double[] spectrum) {
    return JavaFft.inverse(JavaFft.requireComplex(spectrum).clone());
  }

  /**
   * The discrete Fourier transform of real numbers; an even count is transformed as half as many
   * complex ones.
   *
   * @param signal n real numbers
   * @return the first n/2 + 1 complex numbers (n/2 rounded down); X[n-j] is the conjugate of X[j]
   */
  default double[] realFft(double[] signal) {
    return JavaRealFft.forward(signal);
  }

  /**
   * The inverse of {@link #realFft}. What must be zero is taken as zero: the imaginary part of the
   * first number and, if {@code length} is even, of the last one.
   *
   * @param spectrum {@code length}/2 + 1 complex numbers
   * @param length how many real numbers are answered
   */
  default double[] inverseRealFft(double[] spectrum, int length) {
    return JavaRealFft.inverse(spectrum, length);
  }

  /**
   * Finds clusters by Lloyd's algorithm, from a start chosen by k-means++ with the random numbers
   * of {@link java.util.SplittableRandom} (SplitMix64). The rounds end early where nothing changes
   * any more; a cluster that loses all its points keeps its centroid.
   *
   * @param points rows of {@code dimensions} numbers
   * @param dimensions at least 1
   * @param k how many clusters, at least 1 and not more than there are points
   * @param iterations how many rounds at most; with 0 the start is answered
   * @return the centroids, {@code k} rows of {@code dimensions} numbers; {@link #nearestCentroids}
   *     assigns points to them
   */
  default double[] kMeans(double[] points, int dimensions, int k, int iterations, long seed) {
    return JavaClusters.centroids(points, dimensions, k, iterations, seed);
  }

  /**
   * Assigns points to centroids.
   *
   * @param points rows of {@code dimensions} numbers
   * @param centroids one or more rows of {@code dimensions} numbers
   * @return for each point which row of the centroids is nearest, from 0; of several the first
   */
  default int[] nearestCentroids(double[] points, double[] centroids, int dimensions) {
    return JavaClusters.nearest(points, centroids, dimensions);
  }

  /**
   * The dot products of a query with many rows, in 32 bits.
   *
   * @param query one vector, at least one number
   * @param rows vectors as long as the query
   * @return one number per row
   */
  default float[] dot(float[] query, float[] rows) {
    return JavaSimilarity.dot(query, rows);
  }

  /**
   * The cosines of the angles between a query and many rows: 1 for the same direction, -1 for the
   * opposite one, NaN where a vector is zero.
   *
   * @param query one vector, at least one number
   * @param rows vectors as long as the query
   * @return one number per row
   */
  default float[] cosine(float[] query, float[] rows) {
    return JavaSimilarity.cosine(query, rows);
  }

  /**
   * The squared Euclidean distances between a query and many rows.
   *
   * @param query one vector, at least one number
   * @param rows vectors as long as the query
   * @return one number per row
   */
  default float[] squaredL2(float[] query, float[] rows) {
    return JavaSimilarity.squaredL2(query, rows);
  }

  /**
   * Summarizes numbers.
   *
   * @return count, minimum, maximum, mean and variance, for {@link ArrayStatistics#of}
   */
  default double[] statistics(double[] values) {
    return JavaStatistics.of(values);
  }

  /**
   * Runs a kernel on made-up data, nothing of which crosses between Java and the module; whoever
   * calls takes the time. The kernels are {@code matmul} ({@code size} x {@code size} 32-bit
   * floats, at most 1024), {@code fft} ({@code size} complex numbers), {@code kmeans} ({@code size}
   * points of 3 dimensions, 8 clusters, 10 rounds) and {@code cosine} ({@code size} rows of 128).
   * Another name is answered with the error {@code compute.kernel}.
   *
   * @param size at most 65,536
   * @param repetitions how often the kernel runs
   * @return one number, the check sum of the results, to see that two machines did the same work
   */
  default double[] benchmark(String kernel, int size, int repetitions) {
    return JavaBenchmark.run(kernel, size, repetitions);
  }
}
