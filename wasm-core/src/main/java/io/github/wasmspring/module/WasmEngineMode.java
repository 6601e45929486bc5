package io.github.wasmspring.module;

/** How a module's code is run. */
public enum WasmEngineMode {
  /** Instruction by instruction: ready sooner, slow to run. */
  INTERPRETER,
  /**
   * As JVM bytecode, compiled at build time where the module brings it, else when it is loaded, or
   * when functions are first called if the engine has it that way.
   */
  COMPILED,
  /** The same with nothing left to be compiled when functions are called. */
  EAGER,
  /**
   * As JVM bytecode where that is there already. Else the interpreter answers until the module has
   * been compiled in the background; where the engine has none, functions that are called meanwhile
   * are compiled then.
   */
  TIERED,
  /**
   * What fits the module: compiled code that is there already is used, little code is compiled when
   * it is loaded, and much code is interpreted until it has been used enough to be worth compiling
   * in the background.
   */
  BY_USE
}
