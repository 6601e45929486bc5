package io.github.wasmspring;

/**
 * The type of a WebAssembly global.
 *
 * @param value of what it holds
 * @param mutable whether it can be set
 */
public record WasmGlobalType(WasmValueType value, boolean mutable) {

  /** For messages, e.g. {@code mut i32}. */
  @Override
  public String toString() {
    return this.mutable ? "mut " + this.value : this.value.toString();
  }
}
