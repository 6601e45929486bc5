package io.github.wasmspring;

/** Who gave an answer. */
public enum WasmSource {
  /** The WebAssembly module. */
  WASM,
  /** The Java fallback of the operation. */
  FALLBACK,
  /**
   * The same, but it stood in for nothing: {@link WasmExecutionMode#ADAPTIVE} chose it as the
   * quicker one.
   */
  JAVA
}
