package io.github.wasmspring.pool;

import io.github.wasmspring.WasmMemory;
import io.github.wasmspring.engine.WasmInstance;
import io.github.wasmspring.module.WasmModuleSettings.Pool;
import io.github.wasmspring.module.WasmResetPolicy;
import io.github.wasmspring.sandbox.CallWatchdog;
import io.github.wasmspring.sandbox.MemoryBudget;
import io.github.wasmspring.sandbox.ModuleMemory;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
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

/** What taking an instance from its pool and giving it back costs, without a call in between. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class BorrowBenchmark {

  private final CallWatchdog watchdog = new CallWatchdog();
  private final StockKeeper stockKeeper = new StockKeeper();
  private InstancePool pool;

  /** Does nothing. */
  private static final class Idle implements WasmInstance {

    @Override
    public long[] call(int function, long... arguments) {
      return arguments;
    }

    @Override
    public WasmMemory memory() {
      return null;
    }

    @Override
    public long memorySize() {
      return 65536;
    }

    @Override
    public <T> T attribute(Class<T> type, Supplier<T> initial) {
      return initial.get();
    }

    @Override
    public boolean reset() {
      return true;
    }

    @Override
    public void close() {}
  }

  @Setup
  public void setUp() {
    MemoryBudget budget = MemoryBudget.ofDefaultSize();
    Pool settings = Pool.DEFAULTS.withReset(WasmResetPolicy.NONE);
    this.pool =
        new InstancePool(
            new InstanceMaker(
                new InstanceMaker.Source(new ModuleMemory("idle"), 0, null, charge -> new Idle()),
                settings.borrowTimeout(),
                Duration.ofSeconds(5),
                this.watchdog,
                budget),
            settings,
            budget,
            this.stockKeeper,
            why -> {});
  }

  @TearDown
  public void tearDown() {
    this.pool.close();
    this.stockKeeper.close();
    this.watchdog.close();
  }

  @Benchmark
  public void alone() {
    this.pool.release(this.pool.borrow());
  }

  @Benchmark
  @Threads(2)
  public void twoThreads() {
    this.pool.release(this.pool.borrow());
  }
}
