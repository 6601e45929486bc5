package io.github.wasmspring.autoconfigure;

import io.github.wasmspring.module.WasmModuleDescriptor;

/**
 * Has the last word about every module before it is registered, after its provider, the defaults
 * and its own properties. Several of them are asked in their order.
 */
@FunctionalInterface
public interface WasmModuleCustomizer {

  /**
   * @param module as the application would register it
   * @return the same or, from {@link WasmModuleDescriptor#toBuilder()}, a changed one
   */
  WasmModuleDescriptor customize(WasmModuleDescriptor module);
}
