package io.github.wasmspring.pipeline;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * By when something must have ended.
 *
 * @param end in the time of {@link System#nanoTime}
 * @param limited whether there is such a time
 */
record Timing(long end, boolean limited) {

  static final Timing UNLIMITED = new Timing(0, false);

  static Timing in(@Nullable Duration longest) {
    return longest == null ? UNLIMITED : new Timing(System.nanoTime() + longest.toNanos(), true);
  }

  /** The same, but not longer than that from now. */
  Timing within(@Nullable Duration longest) {
    Timing shorter = in(longest);
    return !this.limited || shorter.limited && shorter.end - this.end < 0 ? shorter : this;
  }

  /** What is left, at least a nanosecond; {@code null} for as long as it likes. */
  @Nullable Duration left() {
    return this.limited ? Duration.ofNanos(Math.max(1, this.end - System.nanoTime())) : null;
  }

  boolean isOver() {
    return this.limited && System.nanoTime() - this.end >= 0;
  }
}
