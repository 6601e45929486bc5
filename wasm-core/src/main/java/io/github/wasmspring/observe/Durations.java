package io.github.wasmspring.observe;

import java.time.Duration;

/** Times as properties write them. */
final class Durations {

  private Durations() {}

  /** {@code 5s} or {@code 1500ms}. */
  static String text(Duration duration) {
    long millis = duration.toMillis();
    return millis != 0 && millis % 1000 == 0 ? millis / 1000 + "s" : millis + "ms";
  }

  /** With three figures and a unit, e.g. {@code 12.3 µs}. */
  static String nanos(long nanos) {
    if (nanos < 1000) {
      return nanos + " ns";
    }
    return nanos < 1_000_000 ? "%.1f µs".formatted(nanos / 1e3) : "%.1f ms".formatted(nanos / 1e6);
  }
}
