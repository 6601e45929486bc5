package io.github.wasmspring;

/**
 * What goes first: of the calls of one module that wait for a thread, and of the modules that are
 * loaded when an application starts.
 */
public enum WasmPriority {
  LOW,
  NORMAL,
  HIGH
}
