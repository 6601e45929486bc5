package io.github.wasmspring.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.apache.commons.math3.stat.descriptive.DescriptiveStatistics;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The judge is Apache Commons Math. */
class MomentsTest {

  private static void assertSame(Moments moments, DescriptiveStatistics judge) {
    assertThat(moments.count()).isEqualTo(judge.getN());
    assertThat(moments.sum()).isCloseTo(judge.getSum(), within(1e-9 * judge.getSum()));
    assertThat(moments.mean()).isCloseTo(judge.getMean(), within(1e-9 * judge.getMean()));
    assertThat(moments.min()).isEqualTo(judge.getMin());
    assertThat(moments.max()).isEqualTo(judge.getMax());
    double deviation = judge.getStandardDeviation();
    assertThat(moments.deviation()).isCloseTo(deviation, within(1e-9 * deviation + 1e-12));
  }

  @ParameterizedTest
  @EnumSource
  void oneByOne(Streams stream) {
    Moments moments = new Moments();
    DescriptiveStatistics judge = new DescriptiveStatistics();
    for (double each : stream.next(new Random(7), 5000)) {
      moments.add(each);
      judge.addValue(each);
    }
    assertSame(moments, judge);
  }

  @ParameterizedTest
  @EnumSource
  void putTogetherFromPartsOfAllSizes(Streams stream) {
    Random random = new Random(8);
    Moments together = new Moments();
    DescriptiveStatistics judge = new DescriptiveStatistics();
    for (int part = 0; part < 50; part++) {
      Moments some = new Moments();
      for (double each : stream.next(random, random.nextInt(40))) {
        some.add(each);
        judge.addValue(each);
      }
      together.add(some);
    }
    assertSame(together, judge);
  }

  /** What sums of squares lose all their digits on. */
  @Test
  void aSmallSpreadFarFrom0IsSeen() {
    Moments moments = new Moments();
    for (int i = 0; i < 1000; i++) {
      moments.add(1e12 + i % 2);
    }
    assertThat(moments.deviation()).isCloseTo(0.50025, within(1e-5));
  }

  @Test
  void oneFigureHasNoSpread() {
    Moments moments = new Moments();
    moments.add(3);
    assertThat(moments.deviation()).isZero();
    moments.clear();
    assertThat(moments.count()).isZero();
    assertThat(moments.sum()).isZero();
  }
}
