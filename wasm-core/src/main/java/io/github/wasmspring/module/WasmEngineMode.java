package io.github.wasmspring.module;

/** How a module's code is run. */
public enum WasmEngineMode {
  /** Instruction by instruction: ready at once, slow to run. */
  INTERPRETER,
  /** As JVM bytecode, compiled at build time where the module brings it, else when it is loaded. */
  COMPILED
}
