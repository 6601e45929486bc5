package io.github.wasmspring.binary;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;

/**
 * The features that a module uses.
 *
 * @param uses where each is used first
 */
public record ModuleFeatures(Map<WasmFeature, FeatureUse> uses) {

  public ModuleFeatures {
    Map<WasmFeature, FeatureUse> copy = new EnumMap<>(WasmFeature.class);
    copy.putAll(uses);
    uses = Collections.unmodifiableMap(copy);
  }

  /**
   * @throws WasmBinaryException if the bytes are not those of a module
   */
  public static ModuleFeatures of(byte[] module) {
    return ModuleFacts.of(module).features();
  }

  public Set<WasmFeature> all() {
    return this.uses.keySet();
  }
}
