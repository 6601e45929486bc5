package io.github.wasmspring.internal.split;

/**
 * Sizes, all in bytes of JVM bytecode. Smaller pieces are not better: every one costs a call.
 *
 * @param threshold functions of more than this are split
 * @param target how much of a function is to remain
 * @param smallestRegion less is not worth a function of its own
 * @param largestRegion more is taken apart first
 * @param mostLocals how many locals a piece takes, and gives back, at most
 */
public record SplitLimits(
    int threshold, int target, int smallestRegion, int largestRegion, int mostLocals) {

  /** HotSpot compiles no method of more bytes, unless it is told so on the command line. */
  public static final int HOTSPOT = 8_000;

  /** How many results a piece has at most. */
  public static final int MOST_RESULTS = 48;

  /** Leaves room for what the estimate is wrong by. */
  public static final SplitLimits DEFAULTS = new SplitLimits(7_600, 7_000, 80, 6_500, 40);

  public SplitLimits {
    boolean ordered =
        0 < smallestRegion && smallestRegion <= largestRegion && 0 < target && target <= threshold;
    if (!ordered || mostLocals < 1) {
      throw new IllegalArgumentException("Limits that contradict each other");
    }
  }
}
