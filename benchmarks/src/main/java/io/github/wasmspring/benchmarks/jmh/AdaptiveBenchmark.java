package io.github.wasmspring.benchmarks.jmh;

import io.github.wasmspring.WasmExecutionMode;
import io.github.wasmspring.internal.adaptive.AdaptiveChoice;
import io.github.wasmspring.internal.adaptive.AdaptiveChoices;
import io.github.wasmspring.internal.adaptive.AdaptiveTurn;
import io.github.wasmspring.internal.adaptive.SizeClassChoice;
import io.github.wasmspring.module.WasmModuleDescriptor;
import io.github.wasmspring.module.WasmResetPolicy;
import io.github.wasmspring.runtime.WasmRuntime;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/** What it costs to choose a side: by itself, and as part of the smallest call. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class AdaptiveBenchmark {

  /** The guest of calls.wat, and a fallback that is slower. */
  public interface Calls {

    default int add(int one, int two) {
      Blackhole.consumeCPU(1000);
      return one + two;
    }
  }

  private final WasmRuntime runtime = WasmRuntime.create();
  private final AdaptiveChoice choice = new AdaptiveChoices().of("add");
  private final Object[] arguments = {20, 22};
  private int one = 20;
  private int two = 22;
  private Calls automatic;
  private Calls adaptive;

  @Setup
  public void setUp() {
    this.automatic = bind("automatic", WasmExecutionMode.AUTO);
    this.adaptive = bind("adaptive", WasmExecutionMode.ADAPTIVE);
  }

  private Calls bind(String id, WasmExecutionMode mode) {
    this.runtime.register(
        WasmModuleDescriptor.builder(id)
            .location("classpath:wasm/calls.wasm")
            .executionMode(mode)
            .settings(settings -> settings.pool(pool -> pool.reset(WasmResetPolicy.NONE)))
            .build());
    return this.runtime.manager().bind(Calls.class, id, "*");
  }

  @TearDown
  public void tearDown() {
    this.runtime.close();
  }

  private Object choose() {
    SizeClassChoice sizeClass = this.choice.of(this.arguments);
    AdaptiveTurn turn = sizeClass.next();
    return turn.isMeasured() ? sizeClass.answered(turn, 1000) : turn;
  }

  @Benchmark
  public Object choice() {
    return choose();
  }

  @Benchmark
  @Threads(2)
  public Object choiceOfTwoThreads() {
    return choose();
  }

  @Benchmark
  public int scalarAuto() {
    return this.automatic.add(this.one, this.two);
  }

  @Benchmark
  public int scalarAdaptive() {
    return this.adaptive.add(this.one, this.two);
  }
}
