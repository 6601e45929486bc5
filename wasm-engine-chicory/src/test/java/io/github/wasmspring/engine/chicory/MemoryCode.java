package io.github.wasmspring.engine.chicory;

import com.dylibso.chicory.compiler.MachineFactoryCompiler;
import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.InterpreterMachine;
import com.dylibso.chicory.runtime.Machine;
import com.dylibso.chicory.runtime.Memory;
import com.dylibso.chicory.wasm.WasmModule;
import com.dylibso.chicory.wasm.types.MemoryLimits;
import io.github.wasmspring.engine.MemoryCharge;
import io.github.wasmspring.internal.engine.SharedBytes;
import java.util.function.Function;

/** What a module runs on in a test: one of our memories, interpreted or compiled. */
enum MemoryCode {
  CONTIGUOUS_INTERPRETED(false, false),
  CONTIGUOUS_COMPILED(false, true),
  SHARED_INTERPRETED(true, false),
  SHARED_COMPILED(true, true);

  /** What a shared memory declares is limited as the limits of its module do it. */
  private static final int MAXIMUM_OF_SHARED = 1024;

  private final boolean shared;
  private final boolean compiled;

  MemoryCode(boolean shared, boolean compiled) {
    this.shared = shared;
    this.compiled = compiled;
  }

  Memory newMemory(MemoryLimits limits) {
    return this.shared
        ? new SharedMemory(
            new SharedBytes(
                limits.initialPages(),
                Math.min(limits.maximumPages(), MAXIMUM_OF_SHARED),
                MemoryCharge.NONE),
            true)
        : new ContiguousMemory(limits, MemoryCharge.NONE);
  }

  Function<Instance, Machine> machines(WasmModule module) {
    return this.compiled ? MachineFactoryCompiler.compile(module) : InterpreterMachine::new;
  }
}
