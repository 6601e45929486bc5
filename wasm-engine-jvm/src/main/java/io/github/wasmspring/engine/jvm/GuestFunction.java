package io.github.wasmspring.engine.jvm;

import io.github.wasmspring.engine.WasmDirectFunction;
import io.github.wasmspring.engine.WasmInstance;

/**
 * A function as the host calls it; a class is generated for each that is called, which has one of
 * the methods {@code call} too if {@link EntryMaker#isDirect} says so. Public for generated code,
 * not for applications.
 */
public abstract class GuestFunction extends WasmDirectFunction {

  /** Numbers are passed as raw bits. What fails comes as the JVM or the guest's code throws it. */
  protected abstract long[] invoke(long[] arguments, GuestContext context);

  protected static GuestContext context(WasmInstance instance) {
    return ((JvmInstance) instance).context();
  }

  /** What a direct call throws instead of what the guest's code threw. */
  protected static RuntimeException failed(Throwable failure) {
    if (failure instanceof Error error && !(error instanceof VirtualMachineError)) {
      throw error;
    }
    return Failures.of(failure);
  }
}
