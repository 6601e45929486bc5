package io.github.wasmspring.internal.prepare;

import io.github.wasmspring.binary.ModuleFacts;
import io.github.wasmspring.engine.WasmCode;
import io.github.wasmspring.internal.engine.FunctionTypes;
import io.github.wasmspring.module.WasmModuleDescriptor;
import io.github.wasmspring.module.WasmProvidedImport;
import java.util.Collection;

/**
 * A module that others import from, ready for instances of it to be made with those of the others.
 *
 * @param facts what its bytes say
 * @param types those of its functions
 * @param code what its instances run, whatever becomes of the code of others
 * @param imports what it is given itself
 * @param links those of them that come from other modules
 */
record LinkedModule(
    WasmModuleDescriptor descriptor,
    ModuleFacts facts,
    FunctionTypes types,
    WasmCode code,
    Provenance provenance,
    Collection<WasmProvidedImport> imports,
    ModuleLinks links) {

  /** For messages, e.g. {@code mathlib 1.2.0}. */
  String name() {
    return this.descriptor.toString();
  }
}
