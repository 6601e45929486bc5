package io.github.wasmspring.autoconfigure.scan.hosts;

import io.github.wasmspring.WasmModule;

/** Calls the module that calls back. */
@WasmModule("host")
public interface Host {

  double mix(boolean flag, int number, long wide, float single, double precise);

  boolean isEven(int number);

  float half(float number);

  long negate(long number);

  int peek(int address);
}
