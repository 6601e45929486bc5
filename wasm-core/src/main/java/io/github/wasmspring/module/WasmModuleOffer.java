package io.github.wasmspring.module;

import java.util.Set;

/**
 * What an application has to know at its start of a module that it may never use.
 *
 * @param types the Java interfaces that come with the module and are to be beans
 * @param lazy whether it is loaded when it is first used, and not ahead
 */
public record WasmModuleOffer(String id, String version, Set<Class<?>> types, boolean lazy) {

  public WasmModuleOffer {
    types = Set.copyOf(types);
  }

  static WasmModuleOffer of(WasmModuleDescriptor module) {
    return new WasmModuleOffer(
        module.id(),
        module.version(),
        module.types(),
        module.settings().loadPolicy() == WasmLoadPolicy.LAZY);
  }
}
