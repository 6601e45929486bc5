package io.github.wasmspring.real;

import io.github.wasmspring.WasmImportedItem;
import io.github.wasmspring.load.WasmBinary;
import io.github.wasmspring.module.WasmEngineMode;
import io.github.wasmspring.module.WasmImportDefinition;
import io.github.wasmspring.testing.TestEngines;

/** Host functions for a module that would work with more than it needs: all answer 0. */
public final class DumbImports {

  private DumbImports() {}

  /**
   * @param but the module name of the imports that are left out
   */
  public static WasmImportDefinition[] of(byte[] module, String but) {
    return TestEngines.create()
        .compile(new WasmBinary(module, "none", "test"), WasmEngineMode.INTERPRETER)
        .imports()
        .stream()
        .filter(item -> item.type() != null && !item.module().equals(but))
        .map(DumbImports::dumb)
        .toArray(WasmImportDefinition[]::new);
  }

  private static WasmImportDefinition dumb(WasmImportedItem item) {
    int results = item.type().results().size();
    return new WasmImportDefinition(
        item.module(), item.name(), item.type(), (caller, arguments) -> new long[results]);
  }
}
