package io.github.wasmspring.engine.chicory;

import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.WasmFunctionHandle;
import com.dylibso.chicory.wasm.ChicoryException;
import io.github.wasmspring.engine.WasmGuestExit;
import io.github.wasmspring.module.WasmImportDefinition;

/** A host function, called by an instance. */
final class HostCall implements WasmFunctionHandle {

  private final WasmImportDefinition definition;
  private final ChicoryInstance caller;

  HostCall(WasmImportDefinition definition, ChicoryInstance caller) {
    this.definition = definition;
    this.caller = caller;
  }

  @Override
  public long[] apply(Instance instance, long... arguments) {
    StackRoom.require();
    try {
      return this.definition.function().call(this.caller.caller(instance), arguments);
    } catch (ChicoryException | HostFunctionFailure | WasmGuestExit guest) {
      throw guest;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new HostFunctionFailure(this.definition.describe(), interrupted);
    } catch (Exception failure) {
      throw new HostFunctionFailure(this.definition.describe(), failure);
    }
  }
}
