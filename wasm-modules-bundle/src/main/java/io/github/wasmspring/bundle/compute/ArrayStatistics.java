package io.github.wasmspring.bundle.compute;

/**
 * A summary of numbers. One NaN among them makes all but the count NaN.
 *
 * @param count how many there are
 * @param min the least, positive infinity if there are none
 * @param max the greatest, negative infinity if there are none
 * @param mean their mean, NaN if there are none
 * @param variance the mean of their squared distances from the mean (that of the population)
 */
public record ArrayStatistics(long count, double min, double max, double mean, double variance) {

  /**
   * @param answer that of {@link Compute#statistics}
   */
  public static ArrayStatistics of(double[] answer) {
    if (answer.length != 5) {
      throw new IllegalArgumentException("statistics are 5 numbers, not " + answer.length);
    }
    return new ArrayStatistics((long) answer[0], answer[1], answer[2], answer[3], answer[4]);
  }

  public double standardDeviation() {
    return Math.sqrt(this.variance);
  }
}
