package io.github.wasmspring.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.WasmExecutionException;
import io.github.wasmspring.WasmSource;
import io.github.wasmspring.event.WasmCallId;
import io.github.wasmspring.event.WasmEvent;
import io.github.wasmspring.observe.WasmFinding;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class MonitoredCallsTest {

  private static final WasmCallId FORMAT = new WasmCallId("json", "1.0.0", "format");
  private static final WasmCallId NEW_FORMAT = new WasmCallId("json", "1.1.0", "format");
  private static final String NAME = "wasm.calls/json/format";

  private final HandClock clock = new HandClock();
  private final PerformanceMonitor monitor = PerformanceMonitor.builder().clock(this.clock).build();
  private final MonitoredCalls calls = new MonitoredCalls(this.monitor);

  private void call(WasmCallId call, long nanos) {
    call(call, nanos, null);
  }

  private void call(WasmCallId call, long nanos, @Nullable WasmExecutionException failure) {
    this.calls.onCall(call, "jvm", WasmSource.WASM, failure, nanos);
  }

  private void minutes(int count, long nanos) {
    for (int i = 0; i < 2 * count; i++) {
      for (int j = 0; j < 10; j++) {
        call(FORMAT, nanos + j * nanos / 100);
      }
      this.clock.pass(Duration.ofSeconds(30));
    }
  }

  @Test
  void versionsOfAModuleShareASeries() {
    call(FORMAT, 1000);
    call(NEW_FORMAT, 3000);
    FigureStats stats = this.monitor.status(NAME).orElseThrow().all();
    assertThat(stats.count()).isEqualTo(2);
    assertThat(stats.mean()).isEqualTo(2000);
    assertThat(CallSeries.of(NAME)).isEqualTo(new CallSeries("json", "format"));
    assertThat(CallSeries.of("others")).isNull();
  }

  @Test
  void callsThatFailSayNothing() {
    call(FORMAT, 1, new WasmExecutionException(WasmErrorCategory.TRAP, "any", null));
    assertThat(this.monitor.status()).isEmpty();
  }

  @Test
  void aModuleThatIsGoneTakesItsSeriesWithIt() {
    call(FORMAT, 1000);
    call(NEW_FORMAT, 1000);
    this.calls.onEvent(new WasmEvent.ModuleUnregistered("json", "1.0.0"));
    assertThat(this.monitor.status(NAME)).isPresent();
    this.calls.onEvent(new WasmEvent.ModuleUnregistered("json", "1.1.0"));
    assertThat(this.monitor.status(NAME)).isEmpty();
    call(FORMAT, 1000);
    assertThat(this.monitor.status(NAME).orElseThrow().all().count()).isOne();
  }

  @Test
  void aVersionThatTakesTheOldOnesPlaceIsComparedWithIt() {
    MonitorFindings findings = new MonitorFindings(this.monitor);
    minutes(20, 1_200_000);
    this.calls.onEvent(new WasmEvent.ModuleRegistered("json", "1.1.0"));
    this.calls.onEvent(new WasmEvent.ModuleUnregistered("json", "1.0.0"));
    for (int i = 0; i < 12; i++) {
      for (int j = 0; j < 10; j++) {
        call(NEW_FORMAT, 2_400_000 + j * 24_000);
      }
      this.clock.pass(Duration.ofSeconds(30));
    }
    assertThat(findings.findings()).hasSize(1);
  }

  @Test
  void operationsWithNamesOfStrangersAreKeptTogether() {
    call(new WasmCallId("json", "1.0.0", "x".repeat(5000)), 5);
    call(new WasmCallId("json", "1.0.0", "a\nb"), 5);
    assertThat(this.monitor.status())
        .extracting(SeriesStatus::name)
        .containsExactly(PerformanceMonitor.OTHERS);
  }

  @Test
  void callsThatBecomeSlowerAreAFinding() {
    MonitorFindings findings = new MonitorFindings(this.monitor);
    minutes(20, 1_200_000);
    assertThat(findings.findings()).isEmpty();
    minutes(6, 2_400_000);
    assertThat(findings.findings())
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.rule()).isEqualTo("worse-than-before");
              assertThat(finding.module()).isEqualTo("json");
              assertThat(finding.measured())
                  .contains("operation 'format': 2.", "ms in the middle", "1.2", "% worse");
            });
    minutes(10, 1_200_000);
    assertThat(findings.findings()).isEmpty();
  }

  @Test
  void figuresOfTheApplicationAreOneToo() {
    for (int i = 0; i < 60; i++) {
      for (int j = 0; j < 10; j++) {
        this.monitor.record("basket", (i < 48 ? 10 : 30) + j / 10.0);
      }
      this.clock.pass(Duration.ofSeconds(30));
    }
    assertThat(new MonitorFindings(this.monitor).findings())
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.module()).isNull();
              assertThat(finding.measured()).startsWith("series 'basket': 30.");
            })
        .isInstanceOf(WasmFinding.class);
  }
}
