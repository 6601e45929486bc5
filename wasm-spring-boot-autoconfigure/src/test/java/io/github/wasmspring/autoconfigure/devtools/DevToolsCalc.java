package io.github.wasmspring.autoconfigure.devtools;

import io.github.wasmspring.WasmModule;

/** Another one in each class loader. */
@WasmModule("calc")
public interface DevToolsCalc {

  int add(int a, int b);
}
