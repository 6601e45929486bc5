package io.github.wasmspring.engine.chicory;

import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.Machine;
import com.dylibso.chicory.wasm.WasmModule;
import io.github.wasmspring.engine.MemoryCharge;
import java.util.function.Function;

/**
 * What code written against Chicory takes over from this engine, for benchmarks only: the memory
 * and the build-time compiled classes are not for use from outside.
 */
public final class Handwritten {

  private Handwritten() {}

  /** An instance on contiguous memory, with nothing around it. */
  public static Instance instance(WasmModule module, Function<Instance, Machine> machines) {
    return Instance.builder(module)
        .withMachineFactory(machines)
        .withMemoryFactory(limits -> new ContiguousMemory(limits, MemoryCharge.NONE))
        .build();
  }

  /** The module of a class that the build-time compiler made. */
  public static WasmModule precompiledModule(String className) {
    return load(className).module();
  }

  /** The code of a class that the build-time compiler made. */
  public static Function<Instance, Machine> machines(String className) {
    return load(className).machineFactory();
  }

  private static PrecompiledClass load(String className) {
    try {
      return PrecompiledClass.load(className, Handwritten.class.getClassLoader());
    } catch (ReflectiveOperationException missing) {
      throw new IllegalStateException(missing);
    }
  }
}
