package io.github.wasmspring;

/** A Java function that a module imports. */
@FunctionalInterface
public interface WasmHostFunction {

  /**
   * @param caller the instance that calls
   * @param arguments one element per parameter; {@code f32} and {@code f64} as their raw bits, 32
   *     bits extended with their sign, {@code v128} as two elements, the lower half first
   * @return one element per result, in the same form; of {@code i32} and {@code f32} the lower 32
   *     bits count
   */
  long[] call(WasmCaller caller, long[] arguments) throws Exception;
}
