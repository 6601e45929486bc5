package io.github.wasmspring.feature;

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
   * Looks at each byte once. Of what is damaged or not known, nothing is said, and the rest is
   * looked at as far as it can be found.
   *
   * @param module any bytes
   */
  public static ModuleFeatures of(byte[] module) {
    FeatureLog log = new FeatureLog();
    new SectionScan(new ModuleCursor(module), log).scan();
    return new ModuleFeatures(log.uses());
  }

  public Set<WasmFeature> all() {
    return this.uses.keySet();
  }
}
