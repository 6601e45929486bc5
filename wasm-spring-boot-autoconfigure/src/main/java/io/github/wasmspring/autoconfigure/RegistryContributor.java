package io.github.wasmspring.autoconfigure;

import io.github.wasmspring.module.WasmModuleRegistry;

/**
 * Registers modules that neither code nor properties say, after all that they do and before anybody
 * gets to see the registry.
 */
@FunctionalInterface
public interface RegistryContributor {

  void contribute(WasmModuleRegistry registry);
}
