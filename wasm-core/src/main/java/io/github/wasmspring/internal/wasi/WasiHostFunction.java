package io.github.wasmspring.internal.wasi;

import io.github.wasmspring.WasmCaller;
import io.github.wasmspring.WasmHostFunction;
import io.github.wasmspring.internal.sandbox.StackRoom;
import io.github.wasmspring.module.WasmModuleDescriptor;
import java.io.IOException;

/** A function of WASI as a host function: failures become numbers. */
final class WasiHostFunction implements WasmHostFunction {

  private final WasmModuleDescriptor module;
  private final WriteTotal total;
  private final WasiFunction function;
  private final boolean quick;

  /**
   * @param total what all guests of the module may write
   * @param quick whether the function touches nothing that must not be left half done
   */
  WasiHostFunction(
      WasmModuleDescriptor module, WriteTotal total, WasiFunction function, boolean quick) {
    this.module = module;
    this.total = total;
    this.function = function;
    this.quick = quick;
  }

  @Override
  public long[] call(WasmCaller caller, long[] arguments) throws InterruptedException {
    WasiStdio stdio = caller.attribute(WasiStdio.class, WasiStdio::new);
    WasiProcess process = caller.attribute(WasiProcess.class, () -> newProcess(stdio));
    if (!this.quick) {
      StackRoom.require();
    }
    return new long[] {call(new WasiCall(process, new GuestMemory(caller.memory()), arguments))};
  }

  private WasiProcess newProcess(WasiStdio stdio) {
    StackRoom.require();
    return new WasiProcess(this.module, stdio, this.total);
  }

  private int call(WasiCall call) throws InterruptedException {
    try {
      this.function.call(call);
      return 0;
    } catch (WasiError failure) {
      return failure.errno().number();
    } catch (IndexOutOfBoundsException outside) {
      return Errno.FAULT.number();
    } catch (IOException failure) {
      return FileErrors.errno(failure).number();
    }
  }
}
