package io.github.wasmspring.module;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Brings modules along. Found by {@link java.util.ServiceLoader}, or as a bean. Must be quick: no
 * module is read here.
 */
@FunctionalInterface
public interface WasmModuleProvider {

  Collection<WasmModuleDescriptor> modules();

  /**
   * The same modules as an application sees them at its start, before it needs one. To be
   * implemented by those who can say so with less than the descriptors: they are not made then if
   * nobody uses a module.
   */
  default Collection<WasmModuleOffer> offers() {
    List<WasmModuleOffer> offers = new ArrayList<>();
    for (WasmModuleDescriptor module : modules()) {
      offers.add(WasmModuleOffer.of(module));
    }
    return offers;
  }
}
