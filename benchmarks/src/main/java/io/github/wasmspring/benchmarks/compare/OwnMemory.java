package io.github.wasmspring.benchmarks.compare;

import com.dylibso.chicory.runtime.Memory;
import com.dylibso.chicory.wasm.types.MemoryLimits;
import io.github.wasmspring.engine.MemoryCharge;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/**
 * The contiguous memory of this runtime, for instances of Chicory made by hand. It is not meant to
 * be used from outside, and is taken by reflection.
 */
final class OwnMemory {

  private static final MethodHandle CONSTRUCTOR = constructor();

  private OwnMemory() {}

  static Memory of(MemoryLimits limits) {
    try {
      return (Memory) CONSTRUCTOR.invokeExact(limits, MemoryCharge.NONE);
    } catch (RuntimeException | Error failure) {
      throw failure;
    } catch (Throwable impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static MethodHandle constructor() {
    try {
      Class<?> type = Class.forName("io.github.wasmspring.engine.chicory.ContiguousMemory");
      return MethodHandles.privateLookupIn(type, MethodHandles.lookup())
          .findConstructor(
              type, MethodType.methodType(void.class, MemoryLimits.class, MemoryCharge.class))
          .asType(MethodType.methodType(Memory.class, MemoryLimits.class, MemoryCharge.class));
    } catch (ReflectiveOperationException changed) {
      throw new IllegalStateException(changed);
    }
  }
}
