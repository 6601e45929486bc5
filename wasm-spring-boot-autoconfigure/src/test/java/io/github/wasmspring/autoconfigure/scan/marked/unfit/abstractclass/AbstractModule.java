package io.github.wasmspring.autoconfigure.scan.marked.unfit.abstractclass;

import io.github.wasmspring.WasmModule;

@WasmModule(id = "calc", location = "classpath:wasm/calc.wasm")
abstract class AbstractModule {}
