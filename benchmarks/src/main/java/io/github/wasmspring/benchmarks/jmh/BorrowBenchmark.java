package io.github.wasmspring.benchmarks.jmh;

import io.github.wasmspring.engine.CompiledModuleCache;
import io.github.wasmspring.event.WasmEventPublisher;
import io.github.wasmspring.internal.convention.WasmCallConventions;
import io.github.wasmspring.internal.load.DefaultWasmModuleLoader;
import io.github.wasmspring.internal.pool.InstancePool;
import io.github.wasmspring.internal.prepare.EngineSetup;
import io.github.wasmspring.internal.prepare.ModulePreparer;
import io.github.wasmspring.internal.prepare.PreparedModule;
import io.github.wasmspring.internal.prepare.TierSettings;
import io.github.wasmspring.internal.sandbox.CallWatchdog;
import io.github.wasmspring.internal.sandbox.MemoryBudget;
import io.github.wasmspring.internal.sandbox.Sandbox;
import io.github.wasmspring.module.WasmHostFunctionLibrary;
import io.github.wasmspring.module.WasmModuleDescriptor;
import io.github.wasmspring.module.WasmModuleRegistry;
import io.github.wasmspring.module.WasmResetPolicy;
import java.util.List;
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
import tools.jackson.databind.json.JsonMapper;

/** What taking an instance from its pool and giving it back costs, without a call in between. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class BorrowBenchmark {

  private final CallWatchdog watchdog = new CallWatchdog();
  private final ModulePreparer preparer =
      new ModulePreparer(
          new DefaultWasmModuleLoader(List.of(), 0),
          new EngineSetup(
              new IdleEngine(), new CompiledModuleCache(1 << 20), TierSettings.DEFAULTS),
          new Sandbox(this.watchdog, MemoryBudget.ofDefaultSize()),
          new WasmHostFunctionLibrary(),
          new WasmCallConventions(List.of(), JsonMapper.builder().build()),
          new WasmEventPublisher(),
          WasmModuleRegistry.create(new WasmEventPublisher()));
  private final PreparedModule module =
      this.preparer.prepare(
          WasmModuleDescriptor.builder("idle")
              .compiledClass("idle")
              .settings(settings -> settings.pool(pool -> pool.reset(WasmResetPolicy.NONE)))
              .build());
  private InstancePool pool;

  @Setup
  public void setUp() {
    this.pool = this.module.pool();
  }

  @TearDown
  public void tearDown() {
    this.module.close();
    this.preparer.close();
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
