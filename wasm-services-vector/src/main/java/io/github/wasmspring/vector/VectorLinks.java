package io.github.wasmspring.vector;

import java.util.ArrayList;
import java.util.List;

/**
 * The links of a graph, to be given to another instance.
 *
 * @param entry the slot where searches begin, -1 for none
 * @param made how many nodes were ever made
 * @param nodes the links of each entry, in the order in which these were given
 */
record VectorLinks(int entry, long made, List<int[]> nodes) {

  static VectorLinks of(VectorGuest guest, List<VectorEntry> entries) {
    List<int[]> nodes = new ArrayList<>(entries.size());
    entries.forEach(entry -> nodes.add(guest.links(entry.slot)));
    return new VectorLinks(guest.entry(), guest.made(), nodes);
  }

  /** Gives them to vectors that are stored already. */
  void linkIn(VectorGuest guest, List<VectorEntry> entries) {
    for (int at = 0; at < entries.size(); at++) {
      guest.link(entries.get(at).slot, this.nodes.get(at));
    }
    guest.goOn(this.entry, this.made);
  }
}
