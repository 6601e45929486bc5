package io.github.wasmspring.monitor;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** The time of the system at the start, and what has passed since; nobody sets it back. */
final class SteadyClock extends Clock {

  private static final long NANOS_PER_MILLI = 1_000_000;

  private final long start = System.currentTimeMillis();
  private final long nanos = System.nanoTime();

  @Override
  public long millis() {
    return this.start + (System.nanoTime() - this.nanos) / NANOS_PER_MILLI;
  }

  @Override
  public Instant instant() {
    return Instant.ofEpochMilli(millis());
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    return this;
  }
}
