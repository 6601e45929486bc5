package io.github.wasmspring;

/** Who gave an answer. */
public enum WasmSource {
  /** The WebAssembly module. */
  WASM,
  /** The Java fallback of the operation. */
  FALLBACK
}
