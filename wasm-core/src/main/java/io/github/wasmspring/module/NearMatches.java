package io.github.wasmspring.module;

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
    return levenshtein(one, two);
  }

  private static int levenshtein(String one, String two) {
    int[] previous = new int[two.length() + 1];
    int[] current = new int[two.length() + 1];
    for (int j = 0; j <= two.length(); j++) {
      previous[j] = j;
    }
    for (int i = 1; i <= one.length(); i++) {
      current[0] = i;
      for (int j = 1; j <= two.length(); j++) {
        int change = one.charAt(i - 1) == two.charAt(j - 1) ? 0 : 1;
        current[j] =
            Math.min(Math.min(current[j - 1] + 1, previous[j] + 1), previous[j - 1] + change);
      }
      int[] swap = previous;
      previous = current;
      current = swap;
    }
    return previous[two.length()];
  }
}
