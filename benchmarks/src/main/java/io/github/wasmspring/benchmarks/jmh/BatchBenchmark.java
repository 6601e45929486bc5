package io.github.wasmspring.benchmarks.jmh;

import io.github.wasmspring.WasmBatch;
import io.github.wasmspring.WasmExport;
import io.github.wasmspring.module.WasmModuleDescriptor;
import io.github.wasmspring.module.WasmResetPolicy;
import io.github.wasmspring.runtime.WasmRuntime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
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

/** A hundred inputs, in one batch and in a loop of calls. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class BatchBenchmark {

  private static final int INPUTS = 100;

  /** The guest of calls.wat. */
  public interface Calls {

    int add(int one, int two);

    @WasmBatch
    @WasmExport("add")
    List<Integer> addAll(List<Integer> one, int two);

    byte[] echo(byte[] bytes);

    @WasmBatch
    @WasmExport("echo")
    List<byte[]> echoAll(List<byte[]> inputs);
  }

  @Param({"NONE", "MEMORY"})
  private WasmResetPolicy reset = WasmResetPolicy.NONE;

  private final WasmRuntime runtime = WasmRuntime.create();
  private final List<byte[]> inputs = new ArrayList<>();
  private final List<Integer> numbers = new ArrayList<>();
  private Calls calls;

  @Setup
  public void setUp() {
    for (int i = 0; i < INPUTS; i++) {
      byte[] input = new byte[16];
      Arrays.fill(input, (byte) i);
      this.inputs.add(input);
      this.numbers.add(i);
    }
    this.runtime.register(
        WasmModuleDescriptor.builder("calls")
            .location("classpath:wasm/calls.wasm")
            .settings(settings -> settings.pool(pool -> pool.reset(this.reset)))
            .build());
    this.calls = this.runtime.manager().bind(Calls.class, "calls", "*");
  }

  @TearDown
  public void tearDown() {
    this.runtime.close();
  }

  @Benchmark
  public List<byte[]> bytesBatch() {
    return this.calls.echoAll(this.inputs);
  }

  @Benchmark
  public List<byte[]> bytesLoop() {
    List<byte[]> answers = new ArrayList<>(INPUTS);
    for (byte[] input : this.inputs) {
      answers.add(this.calls.echo(input));
    }
    return answers;
  }

  @Benchmark
  public List<Integer> numbersBatch() {
    return this.calls.addAll(this.numbers, 1);
  }

  @Benchmark
  public List<Integer> numbersLoop() {
    List<Integer> answers = new ArrayList<>(INPUTS);
    for (int number : this.numbers) {
      answers.add(this.calls.add(number, 1));
    }
    return answers;
  }
}
