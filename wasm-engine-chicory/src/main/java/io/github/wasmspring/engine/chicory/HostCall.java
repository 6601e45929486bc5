package io.github.wasmspring.engine.chicory;

import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.WasmException;
import com.dylibso.chicory.runtime.WasmFunctionHandle;
import com.dylibso.chicory.wasm.ChicoryException;
import com.dylibso.chicory.wasm.types.FunctionType;
import io.github.wasmspring.engine.WasmGuestExit;
import io.github.wasmspring.internal.engine.GuestThreads;
import io.github.wasmspring.internal.engine.HostStackRoom;
import io.github.wasmspring.module.WasmImportDefinition;
import org.jspecify.annotations.Nullable;

/** A host function, called by an instance. */
final class HostCall implements WasmFunctionHandle {

  private static final long[] NO_RESULTS = {};

  private final WasmImportDefinition definition;
  private final FunctionType type;
  private final ChicoryInstance caller;
  private final @Nullable GuestThreads threads;

  /**
   * @param threads those of the instance, {@code null} if it can't have any
   */
  HostCall(
      WasmImportDefinition definition, ChicoryInstance caller, @Nullable GuestThreads threads) {
    this.definition = definition;
    this.type = ChicoryTypes.functionType(definition.type());
    this.caller = caller;
    this.threads = threads;
  }

  @Override
  public long[] apply(Instance instance, long... arguments) {
    HostStackRoom.require();
    if (this.threads == null) {
      return call(instance, arguments);
    }
    this.threads.enterHost();
    try {
      return call(instance, arguments);
    } finally {
      this.threads.leaveHost();
    }
  }

  private long[] call(Instance instance, long... arguments) {
    HostCaller view = this.caller.newCaller(instance);
    try {
      return results(
          this.definition.function().call(view, NarrowValues.of(this.type.params(), arguments)));
    } catch (ChicoryException
        | WasmException
        | HostFunctionFailure
        | WasmGuestExit
        | VirtualMachineError passing) {
      throw passing;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new HostFunctionFailure(this.definition.describe(), interrupted);
    } catch (Throwable failure) {
      throw new HostFunctionFailure(this.definition.describe(), failure);
    } finally {
      view.close();
    }
  }

  /** What a guest gets is of the number that it expects, whatever the function returned. */
  private long[] results(long @Nullable [] results) {
    int expected = this.definition.type().results().size();
    if (expected == 0) {
      return NO_RESULTS;
    }
    if (results == null || results.length != expected) {
      throw new IllegalStateException(
          "it returned %s, and its type has %d"
              .formatted(results == null ? "null" : results.length + " results", expected));
    }
    return NarrowValues.of(this.type.returns(), results);
  }
}
