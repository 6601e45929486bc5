package io.github.wasmspring.internal.fallback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.WasmException;
import io.github.wasmspring.WasmExecutionException;
import io.github.wasmspring.event.WasmCallId;
import io.github.wasmspring.event.WasmEvent;
import io.github.wasmspring.event.WasmEventPublisher;
import io.github.wasmspring.fallback.WasmQuarantine;
import io.github.wasmspring.internal.fallback.Quarantine.Pass;
import io.github.wasmspring.module.WasmModuleSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class QuarantineTest {

  private static final WasmCallId CALL = new WasmCallId("orders", "1.0.0", "total");
  private static final Duration TIME = Duration.ofSeconds(10);

  private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5);
  private final WasmEventPublisher events = new WasmEventPublisher();
  private final List<WasmEvent> published = new ArrayList<>();
  private final Quarantines all =
      new Quarantines(
          new WasmModuleSettings.Quarantine(3, TIME, TIME.multipliedBy(3)),
          this.events,
          this.now::get);
  private final Quarantine quarantine = this.all.of(CALL);

  QuarantineTest() {
    this.events.addListener(this.published::add);
  }

  private static WasmException failure(WasmErrorCategory category) {
    return new WasmExecutionException(category, "it was too slow", null);
  }

  private void fail(WasmErrorCategory category, int times) {
    for (int i = 0; i < times; i++) {
      this.quarantine.failed(this.quarantine.enter(), failure(category));
    }
  }

  private void pass(Duration time) {
    this.now.addAndGet(time.toNanos());
  }

  private void assertRefused() {
    assertThat(
            catchThrowableOfType(WasmExecutionException.class, this.quarantine::enter).category())
        .isEqualTo(WasmErrorCategory.QUARANTINED);
  }

  @Test
  void failuresInARowKeepCallsFromTheModule() {
    fail(WasmErrorCategory.TIMEOUT, 2);
    assertThat(this.quarantine.isOn()).isFalse();
    fail(WasmErrorCategory.TRAP, 1);

    assertThat(this.quarantine.isOn()).isTrue();
    pass(Duration.ofSeconds(4));
    assertThatThrownBy(this.quarantine::enter)
        .hasMessage(
            "the module has failed 3 times in a row, the last time with TRAP (it was too slow), and is not asked for another 6000 ms");
    assertThat(this.all.status())
        .containsExactly(
            new WasmQuarantine(
                "total",
                WasmErrorCategory.TRAP,
                "it was too slow",
                3,
                Duration.ofSeconds(4),
                Duration.ofSeconds(6)));
    assertThat(this.published)
        .containsExactly(
            new WasmEvent.OperationQuarantined(
                "orders", "1.0.0", "total", WasmErrorCategory.TRAP, "it was too slow", 3));
  }

  @Test
  void anAnswerBetweenThemBeginsAnew() {
    for (int i = 0; i < 10; i++) {
      fail(WasmErrorCategory.TIMEOUT, 2);
      this.quarantine.answered(this.quarantine.enter());
    }
    assertThat(this.quarantine.isOn()).isFalse();
  }

  @Test
  void theGuestsOwnErrorIsAnAnswer() {
    fail(WasmErrorCategory.TIMEOUT, 2);
    fail(WasmErrorCategory.OPERATION, 1);
    fail(WasmErrorCategory.TIMEOUT, 2);
    assertThat(this.quarantine.isOn()).isFalse();
  }

  @ParameterizedTest
  @EnumSource
  void whatIsNotTheModulesFaultDoesNotCount(WasmErrorCategory category) {
    fail(WasmErrorCategory.TIMEOUT, 2);
    if (!category.modulesFault()) {
      fail(category, 100);
      assertThat(this.quarantine.isOn()).isFalse();
    }
  }

  @Test
  void oneCallProbesAndOpensTheWayForAll() {
    fail(WasmErrorCategory.TIMEOUT, 3);
    pass(TIME);

    Pass probe = this.quarantine.enter();
    assertRefused();
    assertThat(this.all.status().get(0).probeIn()).isZero();
    pass(Duration.ofSeconds(2));
    this.quarantine.answered(probe);

    assertThat(this.quarantine.isOn()).isFalse();
    assertThat(this.all.status()).isEmpty();
    assertThat(this.published.get(1))
        .isEqualTo(
            new WasmEvent.OperationReleased("orders", "1.0.0", "total", Duration.ofSeconds(12)));
    fail(WasmErrorCategory.TIMEOUT, 2);
    assertThat(this.quarantine.isOn()).isFalse();
  }

  @Test
  void aProbeThatFailsDoublesTheTimeUpToTheLongest() {
    fail(WasmErrorCategory.TIMEOUT, 3);
    for (Duration time : List.of(TIME, TIME.multipliedBy(2), TIME.multipliedBy(3))) {
      pass(time.minusNanos(1));
      assertRefused();
      pass(Duration.ofNanos(1));
      fail(WasmErrorCategory.TRAP, 1);
    }
    assertThat(this.all.status().get(0).failures()).isEqualTo(6);
    assertThat(this.all.status().get(0).probeIn()).isEqualTo(TIME.multipliedBy(3));
    assertThat(this.published).hasSize(1);
  }

  @Test
  void aProbeOfWhichNothingCanBeToldLeavesItToTheNext() {
    fail(WasmErrorCategory.TIMEOUT, 3);
    pass(TIME);
    fail(WasmErrorCategory.INTERRUPTED, 1);
    this.quarantine.undecided(this.quarantine.enter());

    this.quarantine.answered(this.quarantine.enter());
    assertThat(this.quarantine.isOn()).isFalse();
  }

  @Test
  void callsThatWereUnderWayChangeNothing() {
    Pass slow = this.quarantine.enter();
    Pass quick = this.quarantine.enter();
    fail(WasmErrorCategory.TIMEOUT, 3);
    this.quarantine.answered(quick);
    this.quarantine.failed(slow, failure(WasmErrorCategory.TIMEOUT));

    assertThat(this.quarantine.isOn()).isTrue();
    assertThat(this.published).hasSize(1);
  }

  @Test
  void somebodyCanEndIt() {
    fail(WasmErrorCategory.TIMEOUT, 3);
    pass(TIME);
    Pass probe = this.quarantine.enter();
    this.all.release();
    this.quarantine.failed(probe, failure(WasmErrorCategory.TIMEOUT));

    assertThat(this.quarantine.isOn()).isFalse();
    assertThat(this.published).hasSize(2);
  }

  @Test
  void zeroFailuresMeanNever() {
    Quarantine never =
        new Quarantines(
                new WasmModuleSettings.Quarantine(0, TIME, TIME), this.events, this.now::get)
            .of(CALL);
    for (int i = 0; i < 1000; i++) {
      never.failed(never.enter(), failure(WasmErrorCategory.TIMEOUT));
    }
    assertThat(never.isOn()).isFalse();
  }

  @Test
  void exactlyOneOfManyIsTheProbe() throws Exception {
    fail(WasmErrorCategory.TIMEOUT, 3);
    pass(TIME);
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      CountDownLatch start = new CountDownLatch(1);
      List<Future<Boolean>> passed = new ArrayList<>();
      for (int i = 0; i < 64; i++) {
        passed.add(
            threads.submit(
                () -> {
                  start.await();
                  try {
                    this.quarantine.enter();
                    return true;
                  } catch (WasmExecutionException refused) {
                    return false;
                  }
                }));
      }
      start.countDown();
      int probes = 0;
      for (Future<Boolean> each : passed) {
        probes += each.get() ? 1 : 0;
      }
      assertThat(probes).isOne();
    } finally {
      threads.shutdownNow();
    }
  }
}
