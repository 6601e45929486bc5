package io.github.wasmspring;

/** Who is asked to answer a call. */
public enum WasmExecutionMode {
  /** The module only; a failure is thrown. */
  WASM,
  /** The Java fallback only. */
  JAVA,
  /** The module first, and its Java fallback when the module fails. */
  AUTO
}
