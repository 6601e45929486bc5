package io.github.wasmspring.internal.engine;

import io.github.wasmspring.binary.ModuleExport;
import io.github.wasmspring.binary.ModuleFacts;
import java.util.HashMap;
import java.util.Map;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/** What a module exports, by name; found when it is first asked for, by any number of threads. */
public final class ModuleExports {

  private final ModuleFacts facts;
  private volatile @Nullable Map<String, ModuleExport> byName;

  public ModuleExports(ModuleFacts facts) {
    this.facts = facts;
  }

  /**
   * @throws NoSuchElementException if nothing is exported under the name
   */
  public ModuleExport named(String name) {
    Map<String, ModuleExport> known = this.byName;
    if (known == null) {
      known = new HashMap<>();
      for (ModuleExport each : this.facts.exports()) {
        known.put(each.name(), each);
      }
      this.byName = known;
    }
    ModuleExport export = known.get(name);
    if (export == null) {
      throw new NoSuchElementException("The module exports no '" + name + "'");
    }
    return export;
  }
}
