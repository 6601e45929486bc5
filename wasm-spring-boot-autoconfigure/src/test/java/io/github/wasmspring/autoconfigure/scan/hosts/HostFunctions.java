package io.github.wasmspring.autoconfigure.scan.hosts;

import io.github.wasmspring.WasmCaller;
import io.github.wasmspring.WasmFallback;
import io.github.wasmspring.WasmImport;
import io.github.wasmspring.WasmModule;
import io.github.wasmspring.client.WasmModuleManager;
import java.util.Objects;

/** A module of the application's, with all it can import; needs the manager that calls it. */
@WasmModule(id = "host", location = "classpath:wasm/host.wasm", version = "1.2.0")
class HostFunctions {

  private final WasmModuleManager manager;
  private final Host host;

  HostFunctions(WasmModuleManager manager, Host host) {
    this.manager = manager;
    this.host = host;
  }

  @WasmImport
  double mix(boolean flag, int number, long wide, float single, double precise) {
    return precise + single + wide + number + (flag ? 1000 : 0);
  }

  @WasmImport
  private boolean isEven(int number) {
    return number % 2 == 0;
  }

  @WasmImport("half")
  static float halve(float number) {
    return number / 2;
  }

  @WasmImport
  long negate(long number) {
    return -number;
  }

  @WasmImport(module = "app")
  int peek(WasmCaller caller, int address) {
    if (address < 0) {
      throw new IllegalArgumentException("There is nothing before the start");
    }
    return Objects.requireNonNull(caller.memory()).readByte(address);
  }

  @WasmFallback("peek")
  int guess(int address) {
    return this.manager != null && this.host != null ? -address : 0;
  }
}
