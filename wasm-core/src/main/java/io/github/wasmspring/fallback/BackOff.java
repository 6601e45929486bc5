package io.github.wasmspring.fallback;

import io.github.wasmspring.module.WasmModuleSettings.Retry;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** How long to wait between attempts, each time longer. */
final class BackOff {

  /** More than any two times differ by, and still a number. */
  private static final double MOST = 1e18;

  private BackOff() {}

  /**
   * @param attempt the number of the attempt that failed, from 1
   */
  static Duration pause(Retry retry, int attempt) {
    double longest = Math.max(retry.delay().toNanos(), retry.maxDelay().toNanos());
    double factor = Math.min(MOST, Math.pow(retry.multiplier(), attempt - 1.0));
    double delay = Math.min(longest, retry.delay().toNanos() * factor);
    double jitter = Math.min(longest, retry.jitter().toNanos() * factor);
    double chosen = delay + jitter * ThreadLocalRandom.current().nextDouble(-1, 1);
    double shortest = Math.min(retry.delay().toNanos(), delay);
    return Duration.ofNanos((long) Math.max(shortest, Math.min(longest, chosen)));
  }
}
