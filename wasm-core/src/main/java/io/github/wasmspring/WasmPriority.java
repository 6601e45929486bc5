package io.github.wasmspring;

/** Which of the calls that wait for a thread goes first; it counts among calls of one module. */
public enum WasmPriority {
  LOW,
  NORMAL,
  HIGH
}
