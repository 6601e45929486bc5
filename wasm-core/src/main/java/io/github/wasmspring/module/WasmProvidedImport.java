package io.github.wasmspring.module;

/** Something that a module may import, under the two names by which it does so. */
public sealed interface WasmProvidedImport
    permits WasmImportDefinition, WasmGlobalDefinition, WasmNewImport {

  /** The module name of the import. */
  String module();

  /** The name of the import. */
  String name();

  /** For messages, with its type. */
  String describe();
}
