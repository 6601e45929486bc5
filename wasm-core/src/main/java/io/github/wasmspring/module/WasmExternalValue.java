package io.github.wasmspring.module;

import io.github.wasmspring.WasmExternalKind;

/**
 * What an instance exports, as other instances can import it: they have the same memory, table,
 * global or tag then, and call the function in the instance that it belongs to. Only the engine
 * that made it can link it.
 *
 * @see WasmLinkedImport
 */
public interface WasmExternalValue {

  WasmExternalKind kind();

  /**
   * Its type as it is now, for messages: that of a function as in {@code (i32) -> i64}, others as
   * the text format writes them, e.g. {@code (memory 1 3)} for a memory of one page that may have
   * three.
   */
  String describe();
}
