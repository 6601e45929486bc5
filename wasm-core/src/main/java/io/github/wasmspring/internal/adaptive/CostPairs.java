package io.github.wasmspring.internal.adaptive;

import java.util.Arrays;

/**
 * What the side that is not chosen took for its last calls, each beside a call of the chosen one
 * from about the same time: load of the machine that comes and goes weighs on both alike.
 * Immutable.
 */
final class CostPairs {

  static final CostPairs NONE = new CostPairs(new double[0], new double[0]);

  /** Fewer pairs decide nothing. */
  static final int LEAST = 16;

  private static final int MOST = 32;

  /** The other side must take at least so much less of the time. */
  private static final double MARGIN = 0.2;

  /** And so many standard errors, where times scatter widely. */
  private static final double STANDARD_ERRORS = 4;

  private final double[] chosen;
  private final double[] other;

  private CostPairs(double[] chosen, double[] other) {
    this.chosen = chosen;
    this.other = other;
  }

  /** These and one more, the oldest going where there are many. */
  CostPairs with(double chosen, double other) {
    return new CostPairs(append(this.chosen, chosen), append(this.other, other));
  }

  private static double[] append(double[] values, double value) {
    int kept = Math.min(values.length, MOST - 1);
    double[] result = Arrays.copyOfRange(values, values.length - kept, values.length + 1);
    result[kept] = value;
    return result;
  }

  /**
   * @param chosenPenalty what failures add to each call of the chosen side
   * @param otherPenalty what they add to each of the other side
   */
  boolean otherIsClearlyQuicker(double chosenPenalty, double otherPenalty) {
    int count = this.other.length;
    if (count < LEAST) {
      return false;
    }
    double cost = count * chosenPenalty;
    double gain = 0;
    double squares = 0;
    for (int i = 0; i < count; i++) {
      double difference = this.chosen[i] - this.other[i];
      cost += this.chosen[i];
      gain += difference;
      squares += difference * difference;
    }
    double mean = gain / count;
    double variance = Math.max(0, (squares - gain * mean) / (count - 1));
    double gained = mean + chosenPenalty - otherPenalty;
    return gained * count > MARGIN * cost && gained > STANDARD_ERRORS * Math.sqrt(variance / count);
  }
}
