package io.github.wasmspring.engine;

import io.github.wasmspring.WasmException;

/**
 * An exported function of few numbers, called without arrays of arguments and results. Each has the
 * method for its own number of parameters only. Numbers are passed as their raw bits, those of 32
 * bits in the lower half; the result of a function without one is 0.
 */
public abstract class WasmDirectFunction {

  /** The most parameters that such a function has. */
  public static final int MOST_PARAMETERS = 4;

  /**
   * @throws WasmException if the guest does not come to an answer; so for all the others
   */
  public long call(WasmInstance instance) {
    throw wrongCount(0);
  }

  public long call(WasmInstance instance, long a) {
    throw wrongCount(1);
  }

  public long call(WasmInstance instance, long a, long b) {
    throw wrongCount(2);
  }

  public long call(WasmInstance instance, long a, long b, long c) {
    throw wrongCount(3);
  }

  public long call(WasmInstance instance, long a, long b, long c, long d) {
    throw wrongCount(4);
  }

  private static IllegalArgumentException wrongCount(int arguments) {
    return new IllegalArgumentException("The function does not take " + arguments + " arguments");
  }
}
