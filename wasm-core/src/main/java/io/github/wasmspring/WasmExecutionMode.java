package io.github.wasmspring;

/** Who is asked to answer a call. */
public enum WasmExecutionMode {
  /** The module only; a failure is thrown. */
  WASM,
  /** The Java fallback only. */
  JAVA,
  /** The module first, and its Java fallback when the module fails. */
  AUTO,
  /**
   * The module or its Java fallback, whichever live timings show to be quicker for input of that
   * size; the other one when it fails. Without a fallback the same as {@link #AUTO}. Meant for
   * operations of which both give the same answers.
   */
  ADAPTIVE
}
