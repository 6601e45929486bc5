package io.github.wasmspring;

/** How bad a failure is for the application as a whole. */
public enum WasmSeverity {
  /** Expected in normal work: the guest refused its input. */
  INFO,
  /** The call failed, the next one is likely to work. */
  WARNING,
  /** The module does not work until somebody changes something. */
  ERROR,
  /** The safety of the application is concerned. */
  CRITICAL
}
