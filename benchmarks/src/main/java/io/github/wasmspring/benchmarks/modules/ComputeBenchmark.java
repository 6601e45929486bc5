package io.github.wasmspring.benchmarks.modules;

import io.github.wasmspring.benchmarks.Inputs;
import io.github.wasmspring.bundle.compute.Compute;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Setup;

/** The kernels of the promises: products of matrices, transforms, clusters, similarity. */
public class ComputeBenchmark extends BundleBenchmark {

  private static final int SIZE = 128;
  private static final int POINTS = 1_000;
  private static final int DIMENSIONS = 384;
  private static final int ROWS = 10_000;

  private final float[] floats = Inputs.floats(SIZE * SIZE);
  private final double[] doubles = Inputs.doubles(SIZE * SIZE);
  private final double[] signal = Inputs.doubles(2 * 1024);
  private final double[] points = Inputs.doubles(POINTS * 3);
  private final float[] query = Inputs.floats(DIMENSIONS);
  private final float[] rows = Inputs.floats(ROWS * DIMENSIONS);
  private Compute compute = new Compute() {};

  @Setup
  public void setUp(BundledModulesState modules) {
    this.compute = modules.bind(Compute.class);
  }

  @Benchmark
  public float[] matmulF32() {
    return this.compute.matmulF32(this.floats, this.floats, SIZE, SIZE, SIZE);
  }

  @Benchmark
  public double[] matmulF64() {
    return this.compute.matmulF64(this.doubles, this.doubles, SIZE, SIZE, SIZE);
  }

  @Benchmark
  public double[] fft() {
    return this.compute.fft(this.signal);
  }

  /** 1,000 points in three dimensions, eight clusters, ten rounds. */
  @Benchmark
  public double[] kMeans() {
    return this.compute.kMeans(this.points, 3, 8, 10, 1);
  }

  /** 10,000 rows of 384 numbers, 15 MB, copied in with every call. */
  @Benchmark
  public float[] cosine() {
    return this.compute.cosine(this.query, this.rows);
  }
}
