package io.github.wasmspring.autoconfigure.scan.marked.unfit.enumeration;

import io.github.wasmspring.WasmModule;

@WasmModule(id = "calc", location = "classpath:wasm/calc.wasm")
enum EnumModule {
  ONE
}
