package io.github.wasmspring.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.apache.commons.statistics.inference.AlternativeHypothesis;
import org.apache.commons.statistics.inference.ContinuityCorrection;
import org.apache.commons.statistics.inference.MannWhitneyUTest;
import org.apache.commons.statistics.inference.PValueMethod;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The judge is Apache Commons Statistics. */
class MannWhitneyTest {

  private static double judge(double[] first, double[] second) {
    return MannWhitneyUTest.withDefaults()
        .with(AlternativeHypothesis.GREATER_THAN)
        .with(PValueMethod.ASYMPTOTIC)
        .with(ContinuityCorrection.ENABLED)
        .test(second, first)
        .getPValue();
  }

  @ParameterizedTest
  @EnumSource
  void saysWhatTheJudgeSays(Streams stream) {
    Random random = new Random(11);
    for (int i = 0; i < 300; i++) {
      double[] first = stream.next(random, 5 + random.nextInt(60));
      double[] second = stream.next(random, 5 + random.nextInt(15));
      double shift = 1 + random.nextInt(3) * 0.3;
      for (int j = 0; j < second.length; j++) {
        second[j] *= shift;
      }
      assertThat(MannWhitney.chanceThatSecondIsGreater(first, second))
          .isCloseTo(judge(first, second), within(1e-9));
    }
  }

  @Test
  void equalValuesSayNothing() {
    assertThat(MannWhitney.chanceThatSecondIsGreater(new double[] {2, 2, 2}, new double[] {2, 2}))
        .isOne();
  }

  @Test
  void whatIsSmallerIsNotGreater() {
    assertThat(
            MannWhitney.chanceThatSecondIsGreater(
                new double[] {6, 7, 8, 9, 10}, new double[] {1, 2, 3, 4, 5}))
        .isGreaterThan(0.99);
  }
}
