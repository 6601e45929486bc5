package io.github.wasmspring.bundle.compute;

import io.github.wasmspring.WasmModule;
import io.github.wasmspring.WasmOperationException;

/**
 * Numerical work on several threads of the guest, beside {@link Compute}, whose operations run on
 * the thread of the caller. Matrices are row-major. Arguments are not changed. Module and fallback
 * answer with the same bits as {@link Compute} does, whatever the number of threads, apart from
 * those that tell one NaN from another.
 *
 * <p>An array whose length does not fit is answered with a {@link WasmOperationException} of code
 * {@code compute.shape}, a product of more than 16,777,216 numbers with {@code compute.limit}, what
 * has no room in the 64 MiB of the module with {@code compute.memory}.
 */
@WasmModule("compute-parallel")
public interface ParallelCompute {

  /**
   * Multiplies two matrices of 32-bit floats. Each number of the product is summed in 32 bits, from
   * the first to the last.
   *
   * @param a {@code m} rows of {@code k}
   * @param b {@code k} rows of {@code n}
   * @param threads how many threads to use at most, the caller's among them; at least 1. No more
   *     are used than {@code limits.guest-threads} of the module allows, the matrices have use for,
   *     or 64
   * @return {@code m} rows of {@code n}
   */
  default float[] matmulF32(float[] a, float[] b, int m, int k, int n, int threads) {
    return JavaParallelMatrix.multiply(a, b, m, k, n, threads);
  }

  /**
   * Multiplies two matrices of 64-bit floats.
   *
   * @param a {@code m} rows of {@code k}
   * @param b {@code k} rows of {@code n}
   * @param threads as for {@link #matmulF32}
   * @return {@code m} rows of {@code n}
   */
  default double[] matmulF64(double[] a, double[] b, int m, int k, int n, int threads) {
    return JavaParallelMatrix.multiply(a, b, m, k, n, threads);
  }
}
