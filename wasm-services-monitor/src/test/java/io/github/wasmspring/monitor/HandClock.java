package io.github.wasmspring.monitor;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicLong;

/** A clock that tests set. */
final class HandClock extends Clock {

  static final Instant START = Instant.parse("2026-11-30T08:00:00Z");

  private final AtomicLong millis = new AtomicLong(START.toEpochMilli());

  void pass(Duration time) {
    this.millis.addAndGet(time.toMillis());
  }

  @Override
  public long millis() {
    return this.millis.get();
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
