package io.github.wasmspring;

import java.util.Locale;

/** The value types of WebAssembly, as far as they can appear in a function's signature. */
public enum WasmValueType {
  I32,
  I64,
  F32,
  F64,
  V128,
  FUNCREF,
  EXTERNREF,
  /** A reference type of the garbage-collection or exception-handling proposals. */
  REF;

  /** The name in the WebAssembly text format. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
