package io.github.wasmspring.benchmarks;

import io.github.wasmspring.WasmExecutionMode;
import io.github.wasmspring.bundle.compute.Compute;
import io.github.wasmspring.client.WasmRuntime;
import io.github.wasmspring.module.WasmModuleDescriptor;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** The module {@code compute} beside its Java fallback; copying the arrays is part of a call. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 4, time = 1)
public class ComputeBenchmark {

  private static final int SIZE = 128;

  /** WASM for the module, JAVA for its fallback. */
  @Param({"WASM", "JAVA"})
  private WasmExecutionMode mode = WasmExecutionMode.WASM;

  private final float[] first = new float[SIZE * SIZE];
  private final float[] second = new float[SIZE * SIZE];
  private final double[] signal = new double[2 * 1024];
  private WasmRuntime runtime;
  private Compute compute;

  @Setup
  public void setUp() {
    Random random = new Random(1);
    for (int i = 0; i < this.first.length; i++) {
      this.first[i] = random.nextFloat();
      this.second[i] = random.nextFloat();
    }
    for (int i = 0; i < this.signal.length; i++) {
      this.signal[i] = random.nextDouble();
    }
    this.runtime = WasmRuntime.withInstalledModules();
    WasmModuleDescriptor module = this.runtime.manager().registry().get("compute", "*");
    this.runtime.manager().registry().unregister(module.id(), module.version());
    this.runtime.register(module.toBuilder().executionMode(this.mode).build());
    this.compute = this.runtime.manager().bind(Compute.class);
  }

  @TearDown
  public void tearDown() {
    this.runtime.close();
  }

  @Benchmark
  public float[] matmul128() {
    return this.compute.matmulF32(this.first, this.second, SIZE, SIZE, SIZE);
  }

  @Benchmark
  public double[] fft1024() {
    return this.compute.fft(this.signal);
  }
}
