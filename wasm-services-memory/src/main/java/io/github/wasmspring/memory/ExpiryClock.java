package io.github.wasmspring.memory;

import java.time.Clock;
import java.time.Duration;

/**
 * The time by which entries expire. It is that of the clock, but never goes back: if the clock is
 * set back it goes on from where it was, and after a restart from where the last write was.
 */
final class ExpiryClock {

  private final Clock clock;
  private long ahead;
  private long last;

  /**
   * @param last the latest time that is known, in milliseconds
   */
  ExpiryClock(Clock clock, long last) {
    this.clock = clock;
    this.last = last;
  }

  /** In milliseconds since 1970. */
  synchronized long now() {
    long now = this.clock.millis() + this.ahead;
    if (now < this.last) {
      this.ahead += this.last - now;
      now = this.last;
    }
    this.last = now;
    return now;
  }

  /** What the clock says, in milliseconds since 1970. */
  long written() {
    return this.clock.millis();
  }

  synchronized Duration ahead() {
    return Duration.ofMillis(this.ahead);
  }
}
