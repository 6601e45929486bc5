package io.github.wasmspring.verification.engines;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Chance that a seed repeats. */
final class Dice {

  private final SplittableRandom random;

  Dice(long seed) {
    this.random = new SplittableRandom(seed);
  }

  /** From 0 to the limit, without the limit. */
  int below(int limit) {
    return this.random.nextInt(limit);
  }

  boolean oneIn(int chances) {
    return below(chances) == 0;
  }

  long bits() {
    return this.random.nextLong();
  }

  <T> T pick(List<T> list) {
    return list.get(below(list.size()));
  }

  /** At most so many, chosen independently. */
  <T> List<T> some(List<T> list, int most) {
    List<T> some = new ArrayList<>();
    for (int i = below(most + 1); i > 0; i--) {
      some.add(pick(list));
    }
    return some;
  }
}
