package io.github.wasmspring.dashboard.view;

import org.jspecify.annotations.Nullable;

/**
 * Calls of a module, or of all.
 *
 * @param perSecond of the last second, {@code null} if nobody looked before
 * @param total since the start, as all that follow
 * @param wasm those that the module answered
 * @param fallback those that Java answered in place of it
 * @param java those that Java answered for it is quicker
 * @param failed those that nobody answered
 */
public record CallFigures(
    @Nullable Double perSecond,
    long total,
    long wasm,
    long fallback,
    long java,
    long failed,
    @Nullable LastMinute lastMinute) {

  /**
   * The last minute, or as much of it as somebody has looked.
   *
   * @param wasmShare the part that modules answered, from 0 to 1; {@code null} without calls
   * @param p50Nanos that half of the calls were quicker; {@code null} if none was timed
   */
  public record LastMinute(
      int seconds,
      long calls,
      long failed,
      @Nullable Double wasmShare,
      @Nullable Long p50Nanos,
      @Nullable Long p90Nanos,
      @Nullable Long p99Nanos,
      @Nullable Long maxNanos) {}
}
