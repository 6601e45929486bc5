package io.github.wasmspring.module;

import io.github.wasmspring.WasmFunctionType;
import io.github.wasmspring.WasmHostFunction;
import io.github.wasmspring.WasmImportedItem;

/** A host function that a module may import, under the two names by which it does so. */
public record WasmImportDefinition(
    String module, String name, WasmFunctionType type, WasmHostFunction function)
    implements WasmProvidedImport {

  @Override
  public boolean hasTypeOf(WasmImportedItem item) {
    return this.type.equals(item.type());
  }

  /** For messages, e.g. {@code env.log (i32, i32) -> ()}. */
  @Override
  public String describe() {
    return this.module + "." + this.name + " " + this.type;
  }
}
