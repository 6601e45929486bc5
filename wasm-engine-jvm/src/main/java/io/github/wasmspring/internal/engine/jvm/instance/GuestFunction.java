package io.github.wasmspring.internal.engine.jvm.instance;

import io.github.wasmspring.engine.WasmDirectFunction;
import io.github.wasmspring.engine.WasmInstance;
import io.github.wasmspring.internal.engine.jvm.module.FunctionSignature;
import io.github.wasmspring.internal.engine.jvm.run.Failures;
import io.github.wasmspring.internal.engine.jvm.run.GuestContext;
import org.jspecify.annotations.Nullable;

/**
 * A function as the host calls it; a class is generated for each that is called by its name, which
 * has one of the methods {@code call} too if {@link FunctionSignature#isDirect} says so. Public for
 * generated code, not for applications.
 */
public abstract class GuestFunction extends WasmDirectFunction {

  private @Nullable GuestCode code;
  private int function;

  void belongTo(GuestCode owner, int index) {
    this.code = owner;
    this.function = index;
  }

  /** The index in the module. */
  protected final int function() {
    return this.function;
  }

  /** Numbers are passed as raw bits. What fails comes as the JVM or the guest's code throws it. */
  protected abstract long[] invoke(long[] arguments, GuestContext context);

  /** Whether a direct call can be made of this function, or the instance runs another form. */
  protected final boolean isHome(WasmInstance instance) {
    return ((JvmInstance) instance).codeOfCall() == this.code;
  }

  /** A direct call of this function in the form of the code that the instance runs. */
  protected final long callElsewhere(WasmInstance instance, long[] arguments) {
    JvmInstance other = (JvmInstance) instance;
    long[] results = other.codeOfCall().entry(this.function).invoke(arguments, other.context());
    return results.length == 0 ? 0 : results[0];
  }

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
