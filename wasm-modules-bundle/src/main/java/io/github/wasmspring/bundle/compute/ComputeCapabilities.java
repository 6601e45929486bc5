package io.github.wasmspring.bundle.compute;

import java.util.List;

/**
 * What the compute module offers.
 *
 * @param operations the names of the operations
 * @param types the numbers that it calculates with
 * @param fftRadices lengths made of these factors are transformed directly, others by convolution
 * @param maxFftLength how many (complex or real) numbers a transform takes at most
 * @param maxProductElements how many numbers a matrix product holds at most
 * @param simd whether vector instructions are used
 * @param threads whether one call uses more than one thread
 */
public record ComputeCapabilities(
    List<String> operations,
    List<String> types,
    List<Integer> fftRadices,
    int maxFftLength,
    int maxProductElements,
    boolean simd,
    boolean threads) {

  static final ComputeCapabilities CURRENT =
      new ComputeCapabilities(
          List.of(
              "matmulF32",
              "matmulF64",
              "fft",
              "inverseFft",
              "realFft",
              "inverseRealFft",
              "kMeans",
              "nearestCentroids",
              "dot",
              "cosine",
              "squaredL2",
              "statistics",
              "benchmark"),
          List.of("f32", "f64"),
          List.of(2, 3, 4, 5),
          1 << 20,
          1 << 24,
          false,
          false);
}
