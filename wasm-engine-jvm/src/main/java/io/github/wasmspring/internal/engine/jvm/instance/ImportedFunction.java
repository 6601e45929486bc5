package io.github.wasmspring.internal.engine.jvm.instance;

/** A function that an instance imports, wherever it is from. */
interface ImportedFunction {

  /**
   * @param arguments as raw bits; made for this call
   */
  long[] call(JvmInstance caller, long... arguments);
}
