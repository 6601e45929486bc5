package io.github.wasmspring.internal.prepare;

import java.util.concurrent.atomic.LongAdder;

/**
 * Counts how much an interpreted module is used, and tells once when that is enough for it to be
 * worth compiling. Time counts when a function has ended, not before.
 *
 * <p>Any thread counts, without a lock. A sum may miss what others add at this moment; but each of
 * them adds first and sums up then, so that the last one sees all. {@code told} only saves the
 * others the trouble: several that see it unset may tell, and whoever is told takes the first. It
 * is never taken back: whoever is told too early asks {@link #isEnough} when it is ready.
 */
final class UseCounter {

  private final TierSettings settings;
  private final Runnable onEnough;
  private final LongAdder calls = new LongAdder();
  private final LongAdder nanos = new LongAdder();
  private volatile boolean told;

  /**
   * @param onEnough run by the thread that makes it enough, perhaps by several; must not block
   */
  UseCounter(TierSettings settings, Runnable onEnough) {
    this.settings = settings;
    this.onEnough = onEnough;
  }

  /** A function of the module has run. */
  void used(long duration) {
    this.calls.increment();
    this.nanos.add(duration);
    if (!this.told && isEnough()) {
      this.told = true;
      this.onEnough.run();
    }
  }

  boolean isEnough() {
    return this.calls.sum() >= this.settings.calls()
        || this.nanos.sum() >= this.settings.time().toNanos();
  }

  /** For people to read. */
  String describe() {
    return "%d calls of its functions have taken %d ms; it is compiled after %d calls or %d ms"
        .formatted(
            this.calls.sum(),
            this.nanos.sum() / 1_000_000,
            this.settings.calls(),
            this.settings.time().toMillis());
  }
}
