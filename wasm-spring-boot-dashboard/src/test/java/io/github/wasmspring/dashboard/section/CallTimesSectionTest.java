package io.github.wasmspring.dashboard.section;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.github.wasmspring.dashboard.DashboardTable;
import io.github.wasmspring.monitor.CallSeries;
import io.github.wasmspring.monitor.PerformanceMonitor;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CallTimesSectionTest {

  private static final String FORMAT = new CallSeries("json", "format").name();

  private final Clock clock = mock();
  private final PerformanceMonitor monitor = PerformanceMonitor.builder().clock(this.clock).build();
  private final CallTimesSection section = new CallTimesSection(this.monitor);
  private long millis = 1_800_000_000_000L;

  /** So many half minutes in which calls take about that long. */
  private void calls(int slices, double nanos) {
    for (int slice = 0; slice < slices; slice++) {
      when(this.clock.millis()).thenReturn(this.millis);
      for (int i = 0; i < 10; i++) {
        this.monitor.record(FORMAT, nanos * (1 + i / 100.0));
      }
      this.millis += 30_000;
    }
  }

  private List<@Nullable Object> cells() {
    return this.section.table().rows().get(0).cells();
  }

  @Test
  void anOperationHasARowAndOtherFiguresHaveNone() {
    this.monitor.record("basket", 5);
    calls(1, 1e6);
    DashboardTable table = this.section.table();
    assertThat(table.rows()).hasSize(1);
    assertThat(cells().subList(0, 2)).isEqualTo(List.of("json", "format"));
    assertThat((double) cells().get(3)).isBetween(1e6, 1.1e6);
    assertThat(cells().get(9)).isNull();
    assertThat(table.rows().get(0).actions()).isEmpty();
    assertThat(table.note()).startsWith("The last 300 s");
  }

  @Test
  void whatIsSlowerIsMarkedAndCanBeAccepted() {
    calls(40, 1e6);
    assertThat(cells()).contains("as usual", "steady");
    calls(12, 2e6);
    assertThat(String.valueOf(cells().get(9))).startsWith("100 % slower since 20");
    assertThat(this.section.table().rows().get(0).actions()).containsExactly("accept");

    assertThat(this.section.act("accept", FORMAT, "ada")).contains(FORMAT);

    assertThat(this.section.table().rows().get(0).actions()).isEmpty();
  }

  @Test
  void whatIsGoneCanNotBeAccepted() {
    this.monitor.record("basket", 5);
    for (String key : List.of(FORMAT, "basket", "")) {
      assertThatThrownBy(() -> this.section.act("accept", key, null))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThat(this.monitor.status(FORMAT)).isEmpty();
  }

  @Test
  void thereIsAnEndToIt() {
    for (int i = 0; i < 150; i++) {
      this.monitor.record(new CallSeries("json", "operation" + i).name(), 5);
    }
    assertThat(this.section.table().rows()).hasSize(100);
    assertThat(this.section.table().note()).endsWith("50 more operations are not shown.");
  }
}
