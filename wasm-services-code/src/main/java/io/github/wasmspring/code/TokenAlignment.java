package io.github.wasmspring.code;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Which tokens of two texts are the same, in order: the greedy algorithm of Myers ("An O(ND)
 * Difference Algorithm and Its Variations", 1986). Where there are many differences it goes on from
 * the farthest place that it has come to, so that time and memory stay in proportion to the texts;
 * what it finds is right then as well, but there may be more in common.
 */
final class TokenAlignment {

  private static final int MOST_DIFFERENCES = 256;

  private final TextTokens before;
  private final TextTokens after;
  private final List<int[]> pairs = new ArrayList<>();

  private TokenAlignment(TextTokens before, TextTokens after) {
    this.before = before;
    this.after = after;
  }

  /**
   * @return the indices of tokens that are the same, of both texts, ascending
   */
  static List<int[]> of(TextTokens before, TextTokens after) {
    TokenAlignment alignment = new TokenAlignment(before, after);
    int[] at = {0, 0};
    while (at[0] < before.count() && at[1] < after.count()) {
      at = alignment.advance(at[0], at[1]);
    }
    return alignment.pairs;
  }

  private boolean same(int left, int right) {
    return left < this.before.count()
        && right < this.after.count()
        && this.before.sameAs(left, this.after, right);
  }

  /**
   * Finds pairs from a place on, up to the end or until there are too many differences.
   *
   * @return where to go on
   */
  private int[] advance(int left, int right) {
    int lefts = this.before.count() - left;
    int rights = this.after.count() - right;
    int most = Math.min(MOST_DIFFERENCES, lefts + rights);
    int[] reached = new int[2 * most + 3];
    List<int[]> steps = new ArrayList<>();
    int best = 0;
    int bestDiagonal = 0;
    for (int differences = 0; differences <= most && best < lefts + rights; differences++) {
      best = -1;
      for (int diagonal = -differences; diagonal <= differences; diagonal += 2) {
        int from = most + 1 + diagonal;
        boolean down =
            diagonal == -differences
                || (diagonal != differences && reached[from - 1] < reached[from + 1]);
        int x = differences == 0 ? 0 : down ? reached[from + 1] : reached[from - 1] + 1;
        while (same(left + x, right + x - diagonal)) {
          x++;
        }
        reached[from] = x;
        boolean inside = x <= lefts && x - diagonal <= rights;
        if (inside && 2 * x - diagonal > best) {
          best = 2 * x - diagonal;
          bestDiagonal = diagonal;
        }
      }
      steps.add(Arrays.copyOfRange(reached, most + 1 - differences, most + 2 + differences));
    }
    collect(steps, left, right, bestDiagonal);
    int x = steps.get(steps.size() - 1)[bestDiagonal + steps.size() - 1];
    return new int[] {left + x, right + x - bestDiagonal};
  }

  /** Goes the way back. */
  private void collect(List<int[]> steps, int left, int right, int lastDiagonal) {
    List<int[]> found = new ArrayList<>();
    int diagonal = lastDiagonal;
    for (int differences = steps.size() - 1; differences >= 0; differences--) {
      int end = steps.get(differences)[diagonal + differences];
      int begin = 0;
      int previous = diagonal;
      if (differences > 0) {
        int[] before = steps.get(differences - 1);
        boolean down =
            diagonal == -differences
                || (diagonal != differences
                    && before[diagonal + differences - 2] < before[diagonal + differences]);
        previous = down ? diagonal + 1 : diagonal - 1;
        begin = before[previous + differences - 1] + (down ? 0 : 1);
      }
      for (int x = end - 1; x >= begin; x--) {
        found.add(new int[] {left + x, right + x - diagonal});
      }
      diagonal = previous;
    }
    for (int each = found.size() - 1; each >= 0; each--) {
      this.pairs.add(found.get(each));
    }
  }
}
