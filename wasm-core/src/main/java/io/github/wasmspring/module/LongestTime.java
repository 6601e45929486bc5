package io.github.wasmspring.module;

import java.time.Duration;

/** Refuses times that can't be counted in nanoseconds. */
final class LongestTime {

  private static final Duration LONGEST = Duration.ofDays(36_500);

  private LongestTime() {}

  static void check(Duration time) {
    if (time.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException("A time must be at most 36500 days, not " + time);
    }
  }
}
