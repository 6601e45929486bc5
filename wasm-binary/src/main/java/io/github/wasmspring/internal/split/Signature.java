package io.github.wasmspring.internal.split;

import java.util.List;

/** What a function or a block takes from the stack and leaves there. */
public record Signature(List<LocalType> parameters, List<LocalType> results) {

  static final Signature NOTHING = new Signature(List.of(), List.of());

  boolean isKnown() {
    return !this.parameters.contains(LocalType.OTHER) && !this.results.contains(LocalType.OTHER);
  }
}
