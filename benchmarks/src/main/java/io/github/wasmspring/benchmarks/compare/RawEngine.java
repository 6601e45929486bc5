package io.github.wasmspring.benchmarks.compare;

import java.util.Set;

/** An engine that is used by hand; {@link java.util.ServiceLoader} finds those of the peers. */
public interface RawEngine {

  /** The names in the comparison that stand for it. */
  Set<String> names();

  /** Takes in a module for one instance, as the engine's documentation shows it. */
  RawModule load(ModuleFile file);

  /** Takes in a module for many instances. */
  default RawModule loadForMany(ModuleFile file) {
    return load(file);
  }
}
