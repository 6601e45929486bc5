package io.github.wasmspring.engine.chicory;

import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.TrapException;
import com.dylibso.chicory.runtime.WasmFunctionHandle;
import com.dylibso.chicory.wasm.types.FunctionType;
import org.jspecify.annotations.Nullable;

/** A function of one instance, called by another one. */
final class LinkedCall implements WasmFunctionHandle {

  private static final long[] NO_RESULTS = {};

  private final ChicoryExternal function;
  private final FunctionType type;

  LinkedCall(ChicoryExternal function, FunctionType type) {
    this.function = function;
    this.type = type;
  }

  @Override
  public long[] apply(Instance caller, long... arguments) {
    if (this.function.instance().isClosed()) {
      throw new TrapException("call of a function whose instance was closed");
    }
    long @Nullable [] results =
        this.function
            .chicory()
            .getMachine()
            .call(this.function.index(), NarrowValues.of(this.type.params(), arguments));
    return results == null ? NO_RESULTS : NarrowValues.of(this.type.returns(), results);
  }
}
