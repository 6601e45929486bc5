package io.github.wasmspring.internal.wasi;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/** Time in steps that are no finer than the guest was given. */
final class GuestClock {

  private final long resolution;
  private final long start = System.nanoTime();

  GuestClock(Duration resolution) {
    this.resolution = resolution.toNanos();
  }

  long resolution() {
    return this.resolution;
  }

  /** Nanoseconds since 1970. */
  long now() {
    Instant now = Instant.now();
    return coarse(TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano());
  }

  /** Nanoseconds since this clock was made, which tells nothing about the host. */
  long elapsed() {
    return coarse(System.nanoTime() - this.start);
  }

  long coarse(long nanos) {
    return nanos - Math.floorMod(nanos, this.resolution);
  }
}
