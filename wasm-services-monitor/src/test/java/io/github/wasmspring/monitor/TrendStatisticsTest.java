package io.github.wasmspring.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.apache.commons.math3.stat.correlation.KendallsCorrelation;
import org.apache.commons.math3.stat.regression.SimpleRegression;
import org.junit.jupiter.api.Test;

/** The judge is Apache Commons Math, as far as it goes. */
class TrendStatisticsTest {

  private static double[] times(int count) {
    double[] times = new double[count];
    Arrays.setAll(times, i -> i);
    return times;
  }

  /** Without ties, Kendall's tau is the score by the number of pairs. */
  @Test
  void theScoreIsThatOfKendallsTau() {
    Random random = new Random(3);
    KendallsCorrelation judge = new KendallsCorrelation();
    for (int i = 0; i < 500; i++) {
      double[] values = Streams.LOG_NORMAL.next(random, 2 + random.nextInt(30));
      double pairs = values.length * (values.length - 1) / 2.0;
      assertThat(MannKendall.score(values) / pairs)
          .isCloseTo(judge.correlation(times(values.length), values), within(1e-12));
    }
  }

  /** All orders of eight values, one as likely as the other: the exact distribution. */
  @Test
  void theChanceIsNearTheExactOne() {
    int[] scores = new int[57];
    int orders = count(new double[8], 0, 0, scores);
    assertThat(orders).isEqualTo(40_320);
    for (int least = 2; least <= 28; least += 2) {
      long asClear = 0;
      for (int i = 0; i < scores.length; i++) {
        asClear += Math.abs(i - 28) >= least ? scores[i] : 0;
      }
      double exact = (double) asClear / orders;
      double said = MannKendall.chance(withScore(least));
      assertThat(said).as("%s", least).isCloseTo(exact, within(0.02));
      if (exact <= FigureTrend.SIGNIFICANT) {
        assertThat(said).as("what is rare is never taken for rarer").isGreaterThan(exact);
      }
    }
  }

  /** Ascending figures, of which some pairs were exchanged. */
  private static double[] withScore(int score) {
    double[] values = times(8);
    for (int i = 0; MannKendall.score(values) > score; i = (i + 1) % 7) {
      if (values[i] < values[i + 1]) {
        double first = values[i];
        values[i] = values[i + 1];
        values[i + 1] = first;
      }
    }
    assertThat(MannKendall.score(values)).isEqualTo(score);
    return values;
  }

  private static int count(double[] order, int used, int length, int[] scores) {
    if (length == order.length) {
      scores[(int) MannKendall.score(order) + 28]++;
      return 1;
    }
    int found = 0;
    for (int value = 0; value < order.length; value++) {
      if ((used & 1 << value) == 0) {
        order[length] = value;
        found += count(order, used | 1 << value, length + 1, scores);
      }
    }
    return found;
  }

  /** The alarm that steady figures raise is as rare as it says. */
  @Test
  void steadyFiguresSeldomHaveATrend() {
    Random random = new Random(5);
    int trends = 0;
    for (int i = 0; i < 10_000; i++) {
      if (MannKendall.chance(Streams.EXPONENTIAL.next(random, 10)) <= 0.01) {
        trends++;
      }
    }
    assertThat(trends).isBetween(20, 150);
  }

  @Test
  void equalFiguresHaveNone() {
    assertThat(MannKendall.chance(new double[] {4, 4, 4, 4, 4, 4})).isOne();
  }

  @Test
  void theSlopeOfALineIsItsOwn() {
    SimpleRegression judge = new SimpleRegression();
    double[] times = {0, 0.5, 1, 3, 4, 7.5};
    double[] values = new double[times.length];
    for (int i = 0; i < times.length; i++) {
      values[i] = 12 - 2.5 * times[i];
      judge.addData(times[i], values[i]);
    }
    assertThat(TheilSen.slope(times, values)).isCloseTo(judge.getSlope(), within(1e-12));
  }

  /** Least squares follow a single figure anywhere. */
  @Test
  void aFewWildFiguresDoNotMoveTheSlope() {
    double[] times = times(10);
    double[] values = times(10);
    values[2] = 1e9;
    values[7] = 1e12;
    assertThat(TheilSen.slope(times, values)).isCloseTo(1, within(1e-9));
  }
}
