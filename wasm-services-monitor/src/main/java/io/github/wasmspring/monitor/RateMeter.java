package io.github.wasmspring.monitor;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Rates and the smoothed mean, brought forward every five seconds. For one thread at a time. */
final class RateMeter {

  private static final long TICK_MILLIS = 5000;
  private static final double TICK_SECONDS = TICK_MILLIS / 1000.0;

  private final Decay oneMinute = new Decay(Duration.ofMinutes(1));
  private final Decay fiveMinutes = new Decay(Duration.ofMinutes(5));
  private final Decay fifteenMinutes = new Decay(Duration.ofMinutes(15));
  private final Decay smoothed = new Decay(Duration.ofMinutes(1));
  private long tick;
  private long counted;
  private double summed;

  RateMeter(long now) {
    this.tick = now / TICK_MILLIS;
  }

  /** When it is to be brought forward next. */
  long due() {
    return (this.tick + 1) * TICK_MILLIS;
  }

  /**
   * @param count of all figures that there ever were
   * @param sum of them
   */
  void advance(long now, long count, double sum) {
    long passed = now / TICK_MILLIS - this.tick;
    if (passed <= 0) {
      return;
    }
    long more = count - this.counted;
    rate(more / TICK_SECONDS, TICK_SECONDS);
    if (passed > 1) {
      // Who records brings it forward first: what there is came in the first of the ticks.
      rate(0, (passed - 1) * TICK_SECONDS);
    }
    if (more > 0) {
      this.smoothed.add((sum - this.summed) / more, passed * TICK_SECONDS);
    }
    this.tick += passed;
    this.counted = count;
    this.summed = sum;
  }

  private void rate(double perSecond, double seconds) {
    this.oneMinute.add(perSecond, seconds);
    this.fiveMinutes.add(perSecond, seconds);
    this.fifteenMinutes.add(perSecond, seconds);
  }

  /** 0 in the first seconds. */
  FigureRates rates() {
    return new FigureRates(
        known(this.oneMinute), known(this.fiveMinutes), known(this.fifteenMinutes));
  }

  private static double known(Decay rate) {
    Double mean = rate.mean();
    return mean == null ? 0 : mean;
  }

  @Nullable Double smoothed() {
    return this.smoothed.mean();
  }
}
