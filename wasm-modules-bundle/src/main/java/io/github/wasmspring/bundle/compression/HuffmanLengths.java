package io.github.wasmspring.bundle.compression;

import java.util.Arrays;
import java.util.Comparator;
import java.util.PriorityQueue;

/** Huffman codes with a limit to their length. */
final class HuffmanLengths {

  private record Node(long weight, int order, int left, int right) {}

  private HuffmanLengths() {}

  /**
   * How many bits each symbol gets. One that does not occur gets none; a single one gets one.
   *
   * @param counts how often symbols occur
   */
  static int[] of(int[] counts, int longest) {
    // Where a code is too long, rare symbols are taken for less rare.
    for (int least = 1; ; least *= 2) {
      int[] lengths = unlimited(counts, least);
      if (Arrays.stream(lengths).max().orElse(0) <= longest) {
        return lengths;
      }
    }
  }

  private static int[] unlimited(int[] counts, int least) {
    PriorityQueue<Node> roots =
        new PriorityQueue<>(Comparator.comparingLong(Node::weight).thenComparing(Node::order));
    for (int i = 0; i < counts.length; i++) {
      if (counts[i] > 0) {
        roots.add(new Node(Math.max(counts[i], least), i, -1, -1));
      }
    }
    int[] lengths = new int[counts.length];
    if (roots.size() == 1) {
      lengths[roots.remove().order()] = 1;
      return lengths;
    }
    Node[] inner = new Node[roots.size()];
    int made = 0;
    while (roots.size() > 1) {
      Node a = roots.remove();
      Node b = roots.remove();
      int order = counts.length + made;
      inner[made] = new Node(a.weight() + b.weight(), order, a.order(), b.order());
      roots.add(inner[made++]);
    }
    depths(inner, made, lengths);
    return lengths;
  }

  /** A node stands behind its children, so that going backwards meets it first. */
  private static void depths(Node[] inner, int made, int[] lengths) {
    int[] depths = new int[made];
    for (int i = made - 1; i >= 0; i--) {
      for (int child : new int[] {inner[i].left(), inner[i].right()}) {
        if (child < lengths.length) {
          lengths[child] = depths[i] + 1;
        } else {
          depths[child - lengths.length] = depths[i] + 1;
        }
      }
    }
  }

  /** The bits of the symbols in the order of the format: the first bit of a code is the lowest. */
  static int[] codes(int[] lengths) {
    int[] codes = new int[lengths.length];
    int code = 0;
    for (int length = 1; length <= 15; length++) {
      code <<= 1;
      for (int i = 0; i < lengths.length; i++) {
        if (lengths[i] == length) {
          codes[i] = Integer.reverse(code++) >>> 32 - length;
        }
      }
    }
    return codes;
  }
}
