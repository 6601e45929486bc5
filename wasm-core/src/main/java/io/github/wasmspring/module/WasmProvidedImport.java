package io.github.wasmspring.module;

import io.github.wasmspring.WasmImportedItem;

/** Something that a module may import, under the two names by which it does so. */
public sealed interface WasmProvidedImport
    permits WasmImportDefinition, WasmGlobalDefinition, WasmNewImport, WasmLinkedImport {

  /** The module name of the import. */
  String module();

  /** The name of the import. */
  String name();

  /** Whether a module imports it under its names, of whatever type. */
  default boolean isNamedAs(WasmImportedItem item) {
    return item.module().equals(module()) && item.name().equals(name());
  }

  /** Whether it is of the kind and type that a module imports. */
  boolean hasTypeOf(WasmImportedItem item);

  /** Whether a module can be given it for what it imports. */
  default boolean meets(WasmImportedItem item) {
    return isNamedAs(item) && hasTypeOf(item);
  }

  /** For messages, with its type. */
  String describe();
}
