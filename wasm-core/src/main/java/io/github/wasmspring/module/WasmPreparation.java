package io.github.wasmspring.module;

/**
 * Brings a new instance of a module into the state in which every borrower gets one. It runs once
 * for the code of a module, not for each instance: what it leaves in memories, globals and tables
 * is kept, and all instances begin with it. What host functions keep with the instance ({@link
 * io.github.wasmspring.WasmCaller#attribute}) is not kept.
 */
@FunctionalInterface
public interface WasmPreparation {

  /**
   * @param instance works until this method returns; together its calls may take {@code
   *     pool.prepare-timeout}
   */
  void prepare(WasmNewInstance instance);
}
