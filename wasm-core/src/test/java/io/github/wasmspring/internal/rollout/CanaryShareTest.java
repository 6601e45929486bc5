package io.github.wasmspring.internal.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CanaryShareTest {

  private static final int CALLS = 10_000;

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 5, 33, 50, 99, 100})
  void isNeverMoreAndNeverTwoLess(int percent) {
    CanaryShare share = new CanaryShare(percent);
    int dealt = 0;
    for (int call = 1; call <= CALLS; call++) {
      dealt += share.next() ? 1 : 0;
      assertThat(100 * dealt).isBetween(percent * call - 199, percent * call);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {10, 50})
  void whoCallsInTurnMeetsItWithEachCall(int percent) {
    CanaryShare share = new CanaryShare(percent);
    int[] dealt = new int[2];
    for (int call = 0; call < CALLS; call++) {
      dealt[call % 2] += share.next() ? 1 : 0;
    }
    int few = CALLS * percent / 1000;
    assertThat(dealt[0]).isGreaterThan(few);
    assertThat(dealt[1]).isGreaterThan(few);
  }
}
