package io.github.wasmspring.module;

import io.github.wasmspring.WasmImportedItem;

/**
 * What one instance exports, given to another for what that imports.
 *
 * <p>Instances that are linked so are used by one thread at a time, all of them together.
 *
 * @param module the module name of the import
 * @param name the name of the import, whatever the name of the export
 * @param value of an instance that stays open for as long as those that import from it are used
 */
public record WasmLinkedImport(String module, String name, WasmExternalValue value)
    implements WasmProvidedImport {

  /** Whether the kind is the same; the engine matches the types when it makes the instance. */
  @Override
  public boolean hasTypeOf(WasmImportedItem item) {
    return this.value.kind().toString().equals(item.kind());
  }

  /** For messages, e.g. {@code env.heap (memory 1 3)}. */
  @Override
  public String describe() {
    return this.module + "." + this.name + " " + this.value.describe();
  }
}
