package io.github.wasmspring.internal.split;

/**
 * Sizes, all in bytes of JVM bytecode. Smaller pieces are not better: every one costs a call.
 *
 * @param threshold functions of more than this are split
 * @param target how much of a function is to remain
 * @param smallestRegion less is not worth a function of its own
 * @param largestRegion more is taken apart first
 * @param mostLocals how many locals a piece takes, and gives back, at most
 * @param mostExits to how many places branches out of a region lead at most; with many, it is the
 *     switch of an interpreter itself that is cut, and every round of its loop calls one piece more
 */
public record SplitLimits(
    int threshold,
    int target,
    int smallestRegion,
    int largestRegion,
    int mostLocals,
    int mostExits) {

  /** HotSpot compiles no method of more bytes, unless it is told so on the command line. */
  public static final int HOTSPOT = 8_000;

  private static final int FEW_EXITS = 32;

  private static final int TINY_REGION = 40;

  private static final int ANY_EXITS = 1024;

  /** How many results a piece has at most. */
  public static final int MOST_RESULTS = 48;

  /** Leaves room for what the estimate is wrong by. */
  public static final SplitLimits DEFAULTS = new SplitLimits(7_600, 7_000, 80, 6_500, 40);

  /** Leave switches whole. */
  public static final SplitLimits WHOLE_SWITCHES =
      new SplitLimits(7_600, 7_000, 80, 6_500, 40, FEW_EXITS);

  public SplitLimits {
    boolean ordered =
        0 < smallestRegion && smallestRegion <= largestRegion && 0 < target && target <= threshold;
    if (!ordered || mostLocals < 1) {
      throw new IllegalArgumentException("Limits that contradict each other");
    }
  }

  /** With any number of exits. */
  public SplitLimits(
      int threshold, int target, int smallestRegion, int largestRegion, int mostLocals) {
    this(threshold, target, smallestRegion, largestRegion, mostLocals, ANY_EXITS);
  }

  /** With less to remain, for which smaller regions are taken out too. */
  public SplitLimits leaving(int newTarget) {
    return new SplitLimits(
        this.threshold,
        newTarget,
        Math.min(this.smallestRegion, TINY_REGION),
        this.largestRegion,
        this.mostLocals,
        this.mostExits);
  }
}
