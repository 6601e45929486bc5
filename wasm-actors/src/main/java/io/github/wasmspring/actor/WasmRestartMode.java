package io.github.wasmspring.actor;

/** Whether a supervisor restarts a child that has ended, as OTP has it. */
public enum WasmRestartMode {
  /** However it ended. */
  PERMANENT,
  /** If it crashed. */
  TRANSIENT,
  /** Never. */
  TEMPORARY
}
