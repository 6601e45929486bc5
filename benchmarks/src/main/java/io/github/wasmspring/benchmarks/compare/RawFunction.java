package io.github.wasmspring.benchmarks.compare;

/** An exported function on some engine. */
@FunctionalInterface
public interface RawFunction {

  /**
   * @param arguments one for each parameter; the functions compared here take integers only
   * @return the result, 0 without one
   */
  long call(long... arguments);
}
