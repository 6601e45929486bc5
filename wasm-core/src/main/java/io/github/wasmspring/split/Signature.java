package io.github.wasmspring.split;

import java.util.List;

/** What a function or a block takes from the stack and leaves there. */
record Signature(List<ValueType> parameters, List<ValueType> results) {

  static final Signature NOTHING = new Signature(List.of(), List.of());

  boolean isKnown() {
    return !this.parameters.contains(ValueType.OTHER) && !this.results.contains(ValueType.OTHER);
  }
}
