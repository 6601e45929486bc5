package io.github.wasmspring.module;

import org.jspecify.annotations.Nullable;

/** A host function that modules may import if their settings say so. */
public interface WasmHostFunctionOffer {

  /** The module name of the import. */
  String module();

  /** The name of the import. */
  String name();

  /**
   * The function for one module.
   *
   * @return {@code null} if the settings of the module do not name it
   */
  @Nullable WasmImportDefinition grant(WasmModuleDescriptor importer);

  /** What to set so that a module gets the function, as the end of a sentence. */
  String remedy(WasmModuleDescriptor importer);

  /** A function that is the same for all modules whose {@code imports} name it. */
  static WasmHostFunctionOffer of(WasmImportDefinition function) {
    return new NamedOffer(function);
  }
}
