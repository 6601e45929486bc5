package io.github.wasmspring;

/** A Java function that a module imports. */
@FunctionalInterface
public interface WasmHostFunction {

  /**
   * @param caller the instance that calls
   * @param arguments one element per parameter; {@code f32} and {@code f64} as their raw bits
   * @return one element per result, in the same form
   */
  long[] call(WasmCaller caller, long[] arguments) throws Exception;
}
