package io.github.wasmspring.engine.chicory;

import com.dylibso.chicory.wasm.WasmModule;
import com.dylibso.chicory.wasm.types.CompType;
import com.dylibso.chicory.wasm.types.TypeSection;
import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.WasmLoadException;

/**
 * Structs and arrays of the garbage collection proposal. The engine keeps them in the heap of the
 * JVM, where no limit holds them, so that a module that was compiled with some is not let in.
 * Without a type of its own a module can make none.
 */
final class HeapTypes {

  private HeapTypes() {}

  /**
   * @throws WasmLoadException {@code INVALID} if the module defines a struct or an array
   */
  static void refuse(WasmModule module) {
    TypeSection types = module.typeSection();
    for (int i = 0; i < types.subTypeCount(); i++) {
      CompType type = types.getSubType(i).compType();
      if (type.structType() != null || type.arrayType() != null) {
        throw new WasmLoadException(
            WasmErrorCategory.INVALID,
            "the module uses structs or arrays of the garbage collection proposal (type %d), which would live outside of limits.memory and wasm.memory.budget and are not supported; build it for linear memory"
                .formatted(i),
            null);
      }
    }
  }
}
