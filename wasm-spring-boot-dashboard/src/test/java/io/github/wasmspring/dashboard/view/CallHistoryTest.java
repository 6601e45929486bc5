package io.github.wasmspring.dashboard.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wasmspring.client.WasmModuleStatus.Calls;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class CallHistoryTest {

  private static final long SECOND = 1_000_000_000;

  private static Calls calls(long wasm, long fallback, long failed) {
    return new Calls(wasm + fallback + failed, wasm, fallback, 0, failed, Duration.ZERO);
  }

  @Test
  void theFirstReadingHasNoRate() {
    CallFigures first = new CallHistory().read(0, calls(5, 1, 2), null);

    assertThat(first.perSecond()).isNull();
    assertThat(first.lastMinute()).isNull();
    assertThat(first.total()).isEqualTo(8);
    assertThat(first.failed()).isEqualTo(2);
  }

  @Test
  void ratesAreThoseOfTheTimeThatHasPassed() {
    CallHistory history = new CallHistory();
    history.read(0, calls(0, 0, 0), null);

    CallFigures late = history.read(2 * SECOND, calls(30, 10, 0), null);

    assertThat(late.perSecond()).isEqualTo(20);
    assertThat(late.lastMinute().seconds()).isEqualTo(2);
    assertThat(late.lastMinute().wasmShare()).isEqualTo(0.75);
    assertThat(late.lastMinute().p50Nanos()).isNull();
  }

  @Test
  void onlyTheLastMinuteCounts() {
    CallHistory history = new CallHistory();
    CallFigures last = history.read(0, calls(1_000, 0, 0), null);
    for (int second = 1; second <= 100; second++) {
      last = history.read(second * SECOND, calls(1_000 + second, 0, second), null);
    }

    assertThat(last.lastMinute().seconds()).isEqualTo(60);
    assertThat(last.lastMinute().calls()).isEqualTo(120);
    assertThat(last.lastMinute().failed()).isEqualTo(60);
  }

  @Test
  void aModuleThatWasRegisteredAnewHasNoNegativeRate() {
    CallHistory history = new CallHistory();
    history.read(0, calls(1_000, 0, 0), null);

    CallFigures anew = history.read(SECOND, calls(3, 0, 0), null);

    assertThat(anew.perSecond()).isZero();
    assertThat(anew.lastMinute().calls()).isZero();
    assertThat(anew.lastMinute().wasmShare()).isNull();
  }

  @Test
  void allModulesAddUp() {
    Calls sum = CallHistory.sum(List.of(calls(1, 2, 3), calls(10, 20, 30)));

    assertThat(sum).isEqualTo(calls(11, 22, 33));
  }
}
