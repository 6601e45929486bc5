package io.github.wasmspring.engine;

import io.github.wasmspring.WasmFunctionType;

/**
 * A function that a module exports.
 *
 * @param name under which it is exported
 * @param index to call it by, see {@link WasmInstance#call(int, long[])}
 * @param type of its parameters and results
 */
public record WasmExportedFunction(String name, int index, WasmFunctionType type) {

  /** For messages, e.g. {@code format (i32, i32) -> i64}. */
  public String describe() {
    return this.name + " " + this.type;
  }
}
