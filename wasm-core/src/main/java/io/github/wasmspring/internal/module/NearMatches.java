package io.github.wasmspring.internal.module;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Names that somebody who mistyped a name may have meant. */
public final class NearMatches {

  private static final int AT_MOST = 3;

  private NearMatches() {}

  /** The names that contain the given one, are contained in it or differ in a few letters. */
  public static List<String> of(String name, Collection<String> known) {
    return known.stream()
        .filter(candidate -> distance(name, candidate) <= Math.max(1, name.length() / 3))
        .sorted(Comparator.comparingInt(candidate -> distance(name, candidate)))
        .limit(AT_MOST)
        .toList();
  }

  private static int distance(String first, String second) {
    String one = first.toLowerCase(Locale.ROOT);
    String two = second.toLowerCase(Locale.ROOT);
    if (one.length() > 2 && two.length() > 2 && (one.contains(two) || two.contains(one))) {
      return 1;
    }
    return edits(one, two);
  }

  /** Letters to insert, drop or change, and neighbours to swap, to make one word of the other. */
  private static int edits(String one, String two) {
    int[][] cost = new int[one.length() + 1][two.length() + 1];
    for (int i = 0; i <= one.length(); i++) {
      for (int j = 0; j <= two.length(); j++) {
        cost[i][j] = i == 0 ? j : j == 0 ? i : cheapest(cost, one, two, i, j);
      }
    }
    return cost[one.length()][two.length()];
  }

  private static int cheapest(int[][] cost, String one, String two, int i, int j) {
    int change = one.charAt(i - 1) == two.charAt(j - 1) ? 0 : 1;
    int best =
        Math.min(Math.min(cost[i][j - 1] + 1, cost[i - 1][j] + 1), cost[i - 1][j - 1] + change);
    boolean swapped =
        i > 1
            && j > 1
            && one.charAt(i - 1) == two.charAt(j - 2)
            && one.charAt(i - 2) == two.charAt(j - 1);
    return swapped ? Math.min(best, cost[i - 2][j - 2] + 1) : best;
  }
}
