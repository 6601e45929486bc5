package io.github.wasmspring.autoconfigure.scan.shared;

import io.github.wasmspring.WasmHostFunctions;
import io.github.wasmspring.WasmImport;

/** Host functions for whichever module may have them. */
@WasmHostFunctions
public class SharedFunctions {

  @WasmImport
  void logAll(int first, int second) {}
}
