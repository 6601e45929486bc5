package io.github.wasmspring.observe;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.event.WasmEvent;
import io.github.wasmspring.observe.WasmErrorReport.Row;
import io.github.wasmspring.observe.WasmErrorReport.Trend;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class WasmErrorReporterTest {

  private static final Instant START = Instant.parse("2026-11-29T08:00:30Z");

  private final SetClock clock = new SetClock();
  private final WasmErrorReporter reporter = new WasmErrorReporter(this.clock);

  private static final class SetClock extends Clock {

    private Instant now = START;

    @Override
    public Instant instant() {
      return this.now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }

  private void fail(String operation, WasmErrorCategory category, String message) {
    this.reporter.onEvent(
        new WasmEvent.CallFailed("prices", "1.4.0", operation, category, message, true));
  }

  private void pass(Duration time) {
    this.clock.now = this.clock.now.plus(time);
  }

  private Row only() {
    assertThat(this.reporter.report(null).rows()).hasSize(1);
    return this.reporter.report(null).rows().get(0);
  }

  @Test
  void nothingHasFailed() {
    assertThat(this.reporter.report(null).rows()).isEmpty();
    assertThat(this.reporter.report(null).text())
        .isEqualTo("No failures since 2026-11-29T08:00:30Z.%n".formatted());
  }

  @Test
  void failuresAreKeptApartByOperationAndCategory() {
    fail("quote", WasmErrorCategory.TIMEOUT, "too late");
    fail("quote", WasmErrorCategory.TIMEOUT, "too late");
    fail("quote", WasmErrorCategory.TRAP, "unreachable");
    fail("list", WasmErrorCategory.TRAP, "unreachable");
    WasmErrorReport report = this.reporter.report("prices");
    assertThat(report.total()).isEqualTo(4);
    assertThat(report.rows())
        .extracting(row -> row.operation() + " " + row.category() + " " + row.count())
        .containsExactly("quote TIMEOUT 2", "list TRAP 1", "quote TRAP 1");
    assertThat(this.reporter.report("json").rows()).isEmpty();
    assertThat(report.text())
        .startsWith("4 failures since 2026-11-29T08:00:30Z.")
        .contains("prices 1.4.0 quote TIMEOUT: 2 times, 2 answered by Java")
        .contains("prices 1.4.0 list TRAP: 1 time, 1 answered by Java")
        .contains("       2  too late");
  }

  @Test
  void minutesOfTheLastHour() {
    fail("quote", WasmErrorCategory.TRAP, "x");
    pass(Duration.ofMinutes(1));
    fail("quote", WasmErrorCategory.TRAP, "x");
    fail("quote", WasmErrorCategory.TRAP, "x");
    pass(Duration.ofMinutes(3));
    assertThat(only().lastHour().subList(0, 55)).containsOnly(0L);
    assertThat(only().lastHour().subList(55, 60)).containsExactly(1L, 2L, 0L, 0L, 0L);
    assertThat(only().first()).isEqualTo(START);
    assertThat(only().last()).isEqualTo(START.plusSeconds(60));

    pass(Duration.ofMinutes(56));
    assertThat(only().lastHour()).startsWith(2L).hasSize(60);
    assertThat(only().lastHour().subList(1, 60)).containsOnly(0L);
    pass(Duration.ofMinutes(1));
    assertThat(only().lastHour()).containsOnly(0L);
    assertThat(only().count()).isEqualTo(3);
    pass(Duration.ofDays(400));
    fail("quote", WasmErrorCategory.TRAP, "x");
    assertThat(only().lastHour()).endsWith(1L);
    assertThat(only().lastHour().subList(0, 59)).containsOnly(0L);
  }

  @Test
  void aClockThatGoesBackLosesNothing() {
    fail("quote", WasmErrorCategory.TRAP, "x");
    pass(Duration.ofHours(-5));
    fail("quote", WasmErrorCategory.TRAP, "x");
    assertThat(only().count()).isEqualTo(2);
    assertThat(only().lastHour().stream().mapToLong(Long::longValue).sum()).isEqualTo(2);
  }

  @Test
  void trends() {
    fail("quote", WasmErrorCategory.TRAP, "x");
    assertThat(only().trend()).isEqualTo(Trend.RISING);
    pass(Duration.ofMinutes(5));
    assertThat(only().trend()).isEqualTo(Trend.OVER);

    for (int minute = 0; minute < 60; minute++) {
      fail("quote", WasmErrorCategory.TRAP, "x");
      fail("quote", WasmErrorCategory.TRAP, "x");
      pass(Duration.ofMinutes(1));
    }
    pass(Duration.ofMinutes(-1));
    assertThat(only().trend()).isEqualTo(Trend.STEADY);
    pass(Duration.ofMinutes(4));
    assertThat(only().trend()).isEqualTo(Trend.FALLING);
  }

  @Test
  void messagesThatDifferInNumbersAndQuotedTextsAreOnePattern() {
    fail("quote", WasmErrorCategory.TRAP, "out of bounds at 0x1f of 'main' (65536 bytes)");
    fail("quote", WasmErrorCategory.TRAP, "out of bounds at 0xABC of 'other' (131072 bytes)");
    for (int i = 0; i < 10; i++) {
      fail("quote", WasmErrorCategory.TRAP, "kind " + (char) ('a' + i));
    }
    assertThat(only().patterns())
        .hasSize(5)
        .first()
        .satisfies(
            pattern -> {
              assertThat(pattern.text()).isEqualTo("out of bounds at # of '…' (# bytes)");
              assertThat(pattern.count()).isEqualTo(2);
              assertThat(pattern.lastMessage()).contains("0xABC");
            });
  }

  @Test
  void namesThatCallersMakeUpDoNotFillTheHeap() {
    for (int i = 0; i < 5_000; i++) {
      fail("operation" + i, WasmErrorCategory.NOT_FOUND, "no such operation");
    }
    WasmErrorReport report = this.reporter.report(null);
    assertThat(report.rows()).hasSize(1_000);
    assertThat(report.left()).isEqualTo(4_000);
    assertThat(report.total()).isEqualTo(5_000);
    this.reporter.clear();
    assertThat(this.reporter.report(null).total()).isZero();
  }
}
