package io.github.wasmspring.internal.split;

import java.util.ArrayList;
import java.util.List;

/**
 * Which locals hold what branches carry out of a region: one for each value of a type that a single
 * exit has, shared by all exits.
 */
final class CarryLocals {

  private final List<LocalType> types = new ArrayList<>();

  CarryLocals(List<Exit> exits) {
    exits.forEach(exit -> positions(exit, true));
  }

  List<LocalType> types() {
    return this.types;
  }

  /** For each value of an exit, which of {@link #types()} it is in. */
  List<Integer> positions(Exit exit) {
    return positions(exit, false);
  }

  private List<Integer> positions(Exit exit, boolean grow) {
    List<Integer> taken = new ArrayList<>();
    for (LocalType value : exit.values()) {
      int position = 0;
      while (position < this.types.size()
          && (this.types.get(position) != value || taken.contains(position))) {
        position++;
      }
      if (position == this.types.size() && grow) {
        this.types.add(value);
      }
      taken.add(position);
    }
    return taken;
  }
}
