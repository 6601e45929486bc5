package io.github.wasmspring.monitor;

/**
 * Says whether the middle figures of the slices of a window are worse than those of a baseline.
 *
 * <p>Slices are compared, and not single figures. Figures of the same seconds have much in common,
 * such as a garbage collection or a busy neighbour; a test that takes them for independent is
 * certain of everything. And a difference that chance does not explain may still be too small to
 * matter: it has to have an effect as well.
 */
final class RegressionJudge {

  private final WorseWhen worse;
  private final MonitorSettings settings;

  RegressionJudge(WorseWhen worse, MonitorSettings settings) {
    this.worse = worse;
    this.settings = settings;
  }

  /**
   * What was seen.
   *
   * @param chance 1 where the effect is so small that nobody asks
   */
  record Verdict(double before, double now, double effect, double chance) {}

  /**
   * @param baseline at least one
   * @param window at least one
   */
  Verdict compare(double[] baseline, double[] window) {
    double before = Middle.of(baseline);
    double now = Middle.of(window);
    boolean greater = this.worse == WorseWhen.GREATER;
    double effect = greater ? effect(before, now) : effect(now, before);
    return new Verdict(
        before, now, effect, isSmall(effect) ? 1 : chance(greater, baseline, window));
  }

  private static double chance(boolean greater, double[] baseline, double[] window) {
    return greater
        ? MannWhitney.chanceThatSecondIsGreater(baseline, window)
        : MannWhitney.chanceThatSecondIsGreater(window, baseline);
  }

  private double effect(double smaller, double greater) {
    double least = this.settings.resolution();
    return Math.max(greater, least) / Math.max(smaller, least) - 1;
  }

  /** Whether it is a regression. */
  boolean isWorse(Verdict seen) {
    return seen.effect() >= this.settings.minEffect()
        && seen.chance() <= this.settings.significance();
  }

  /** Whether one is over: well below what makes one, so that it does not come and go. */
  boolean isOver(Verdict seen) {
    return isSmall(seen.effect());
  }

  private boolean isSmall(double effect) {
    return effect < this.settings.minEffect() / 2;
  }
}
