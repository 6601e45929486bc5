package io.github.wasmspring.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What docs/monitor.md shows. */
class MonitorExampleTest {

  private final PerformanceMonitor monitor = PerformanceMonitor.create();

  double slowest(String name) {
    return monitor.status(name).map(status -> status.window().p99()).orElse(0.0);
  }

  PerformanceMonitor tellingOperators(Pager pager) {
    return PerformanceMonitor.builder()
        .settings(
            MonitorSettings.DEFAULTS.with(
                settings ->
                    settings
                        .window(Duration.ofMinutes(10))
                        .baseline(Duration.ofHours(2))
                        .minEffect(0.3)))
        .listener(event -> pager.send(event.series(), event.found()))
        .build();
  }

  interface Pager {

    void send(String series, boolean worse);
  }

  @Test
  void itWorks() {
    monitor.record("basket", 12.5);
    monitor.series("orders per second", WorseWhen.SMALLER).record(40);
    assertThat(slowest("basket")).isEqualTo(12.5);
    assertThat(slowest("nothing")).isZero();
    assertThat(tellingOperators((series, worse) -> {}).settings().minEffect()).isEqualTo(0.3);
  }
}
