package io.github.wasmspring.autoconfigure;

import java.util.Set;

/**
 * The modules that libraries on the class path offer and that the application says nothing about:
 * it may use them, or not know that they are there.
 */
public final class OfferedModules {

  private volatile Set<String> ids = Set.of();

  OfferedModules() {}

  void set(Set<String> ids) {
    this.ids = Set.copyOf(ids);
  }

  /** Whether a module is only offered. */
  public boolean contains(String id) {
    return this.ids.contains(id);
  }
}
