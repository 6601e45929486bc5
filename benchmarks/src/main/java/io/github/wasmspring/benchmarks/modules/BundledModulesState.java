package io.github.wasmspring.benchmarks.modules;

import io.github.wasmspring.WasmExecutionMode;
import io.github.wasmspring.module.WasmModuleProvider;
import io.github.wasmspring.runtime.WasmRuntime;
import java.util.ServiceLoader;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * The bundled modules as beans see them; what crosses into the sandbox and back is part of a call.
 */
@State(Scope.Benchmark)
public class BundledModulesState {

  /** WASM for the modules, JAVA for their fallbacks. */
  @Param({"WASM", "JAVA"})
  private WasmExecutionMode mode = WasmExecutionMode.WASM;

  private WasmRuntime runtime = WasmRuntime.create();

  @Setup
  public void setUp() {
    for (WasmModuleProvider provider : ServiceLoader.load(WasmModuleProvider.class)) {
      provider
          .modules()
          .forEach(
              module -> this.runtime.register(module.toBuilder().executionMode(this.mode).build()));
    }
  }

  @TearDown
  public void tearDown() {
    this.runtime.close();
  }

  <T> T bind(Class<T> type) {
    return this.runtime.manager().bind(type);
  }
}
