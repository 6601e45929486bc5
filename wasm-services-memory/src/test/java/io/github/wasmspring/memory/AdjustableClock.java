package io.github.wasmspring.memory;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;

/** A clock that stands until it is set. */
final class AdjustableClock extends Clock {

  static final Instant START = Instant.parse("2026-11-30T12:00:00Z");

  private final AtomicReference<Instant> now = new AtomicReference<>(START);

  void advance(Duration duration) {
    this.now.updateAndGet(time -> time.plus(duration));
  }

  void set(Instant time) {
    this.now.set(time);
  }

  @Override
  public Instant instant() {
    return this.now.get();
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    throw new UnsupportedOperationException("It is UTC");
  }
}
