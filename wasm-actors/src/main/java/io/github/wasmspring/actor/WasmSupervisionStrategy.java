package io.github.wasmspring.actor;

/** Who is restarted when a child of a supervisor has crashed, as OTP has it. */
public enum WasmSupervisionStrategy {
  /** That child alone. */
  ONE_FOR_ONE,
  /** All of them: they can't go on without each other. */
  ONE_FOR_ALL,
  /** That child and those that were started after it. */
  REST_FOR_ONE
}
