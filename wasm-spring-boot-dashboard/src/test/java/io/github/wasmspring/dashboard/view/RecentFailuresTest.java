package io.github.wasmspring.dashboard.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wasmspring.dashboard.view.RecentFailures.Counted;
import io.github.wasmspring.dashboard.view.RecentFailures.Failing;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RecentFailuresTest {

  private final RecentFailures failures = new RecentFailures();
  private long nanos;

  private List<Failing> read(long seconds, Counted... modules) {
    this.nanos += TimeUnit.SECONDS.toNanos(seconds);
    return this.failures.read(List.of(modules), this.nanos);
  }

  @Test
  void whatFailedBeforeAnybodyLookedIsNotOfTheLastMinute() {
    assertThat(read(0, new Counted("a", 100, 100))).isEmpty();
    assertThat(read(1, new Counted("a", 200, 100))).isEmpty();
  }

  @Test
  void mostIsHalfAndMore() {
    read(0, new Counted("a", 0, 0), new Counted("b", 0, 0), new Counted("c", 0, 0));
    assertThat(
            read(1, new Counted("a", 10, 5), new Counted("b", 100, 5), new Counted("c", 1000, 49)))
        .containsExactly(new Failing("a", true), new Failing("b", false));
  }

  @Test
  void twoFailuresAreAnAccident() {
    read(0, new Counted("a", 0, 0));
    assertThat(read(1, new Counted("a", 2, 2))).isEmpty();
    assertThat(read(1, new Counted("a", 3, 3))).containsExactly(new Failing("a", true));
  }

  @Test
  void afterAMinuteItIsForgotten() {
    read(0, new Counted("a", 0, 0));
    assertThat(read(1, new Counted("a", 9, 9))).hasSize(1);
    assertThat(read(59, new Counted("a", 9, 9))).hasSize(1);
    assertThat(read(2, new Counted("a", 9, 9))).isEmpty();
  }

  @Test
  void aModuleThatComesBackBeginsAnew() {
    read(0, new Counted("a", 0, 0));
    read(1);
    assertThat(read(1, new Counted("a", 9, 9))).isEmpty();
  }

  @Test
  void failuresThatAreNotAmongTheCallsCountAsCalls() {
    read(0, new Counted("a", 0, 0));
    assertThat(read(1, new Counted("a", 0, 9))).containsExactly(new Failing("a", true));
  }
}
