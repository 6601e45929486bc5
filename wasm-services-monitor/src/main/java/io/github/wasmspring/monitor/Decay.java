package io.github.wasmspring.monitor;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A moving average in which what is longer ago counts less: after a step of {@code t}, by {@code
 * exp(-t / over)}, as the load averages of Unix do since TENEX. These begin at 0 and take some
 * minutes to be right; this one divides by the weight that there is so far, so that it is the plain
 * mean at first. For one thread at a time.
 */
final class Decay {

  private final double keptInASecond;
  private double value;
  private double weight;

  Decay(Duration over) {
    this.keptInASecond = Math.exp(-1.0 / over.toSeconds());
  }

  /** It was so for so many seconds. */
  void add(double figure, double seconds) {
    double kept = Math.pow(this.keptInASecond, seconds);
    this.value = this.value * kept + figure * (1 - kept);
    this.weight = this.weight * kept + (1 - kept);
  }

  /** {@code null} before anything was added. */
  @Nullable Double mean() {
    return this.weight == 0 ? null : this.value / this.weight;
  }
}
