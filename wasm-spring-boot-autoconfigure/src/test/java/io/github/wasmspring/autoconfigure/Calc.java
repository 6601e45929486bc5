package io.github.wasmspring.autoconfigure;

import io.github.wasmspring.WasmModule;

/** What {@code calc.wat} can do. */
@WasmModule("calc")
public interface Calc {

  int add(int a, int b);

  String echo(String text);

  default int trap() {
    return -1;
  }

  default int spin() {
    return -2;
  }

  int count();

  int grow(int pages);
}
