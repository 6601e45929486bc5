package io.github.wasmspring.observe;

import io.github.wasmspring.client.WasmModuleStatus;
import io.github.wasmspring.internal.module.ModuleProperty;
import io.github.wasmspring.module.WasmModuleSettings;

/** What the rules look at: one module, and how it is run. */
record ModuleStats(WasmModuleStatus status, WasmModuleSettings settings) {

  String id() {
    return this.status.id();
  }

  /** The name of one of the module's properties. */
  String property(String name) {
    return ModuleProperty.of(id(), name);
  }
}
