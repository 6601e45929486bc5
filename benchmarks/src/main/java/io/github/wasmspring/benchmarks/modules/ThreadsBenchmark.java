package io.github.wasmspring.benchmarks.modules;

import io.github.wasmspring.benchmarks.Inputs;
import io.github.wasmspring.bundle.compute.Compute;
import io.github.wasmspring.bundle.compute.ParallelCompute;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/**
 * A product of matrices on one and more threads of the guest, beside the module without threads.
 */
public class ThreadsBenchmark extends BundleBenchmark {

  @Param({"64", "256", "512"})
  private int size = 64;

  private float[] matrix = {};
  private Compute compute = new Compute() {};
  private ParallelCompute parallel = new ParallelCompute() {};

  @Setup(Level.Trial)
  public void setUp(BundledModulesState modules) {
    this.matrix = Inputs.floats(this.size * this.size);
    this.compute = modules.bind(Compute.class);
    this.parallel = modules.bind(ParallelCompute.class);
  }

  @Benchmark
  public float[] withoutThreads() {
    return this.compute.matmulF32(this.matrix, this.matrix, this.size, this.size, this.size);
  }

  @Benchmark
  public float[] oneThread() {
    return product(1);
  }

  @Benchmark
  public float[] twoThreads() {
    return product(2);
  }

  private float[] product(int threads) {
    return this.parallel.matmulF32(
        this.matrix, this.matrix, this.size, this.size, this.size, threads);
  }
}
