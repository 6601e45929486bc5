package io.github.wasmspring.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.apache.commons.math3.distribution.NormalDistribution;
import org.junit.jupiter.api.Test;

class NormalTailTest {

  private final NormalDistribution judge = new NormalDistribution();

  @Test
  void isThatOfCommonsMath() {
    for (double z = -9; z <= 9; z += 0.01) {
      assertThat(NormalTail.above(z))
          .as("%s", z)
          .isCloseTo(this.judge.cumulativeProbability(-z), within(1e-14))
          .isBetween(0.0, 1.0);
    }
  }

  @Test
  void whatIsFarAwayEnds() {
    assertThat(NormalTail.above(1e300)).isZero();
    assertThat(NormalTail.above(-1e300)).isOne();
  }
}
