package io.github.wasmspring.autoconfigure.scan.marked.unfit.innerclass;

import io.github.wasmspring.WasmModule;

/** Has a module that needs an object of this class. */
public class Outer {

  @WasmModule(id = "calc", location = "classpath:wasm/calc.wasm")
  class InnerModule {}

  /** A local class is nobody's bean, and is left alone. */
  public Object local() {
    @WasmModule(id = "calc", location = "classpath:wasm/calc.wasm")
    class LocalModule {}
    return new LocalModule();
  }
}
