package io.github.wasmspring.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class PerformanceMonitorTest {

  private static final MonitorSettings SETTINGS =
      MonitorSettings.DEFAULTS.with(
          settings ->
              settings
                  .window(Duration.ofSeconds(100))
                  .baseline(Duration.ofSeconds(600))
                  .maxSeries(3));
  private static final Duration SLICE = Duration.ofSeconds(10);

  private final HandClock clock = new HandClock();
  private final List<RegressionEvent> heard = new ArrayList<>();
  private final Random random = new Random(99);
  private final PerformanceMonitor monitor =
      PerformanceMonitor.builder()
          .settings(SETTINGS)
          .clock(this.clock)
          .listener(
              event -> {
                throw new IllegalStateException("A listener that fails");
              })
          .listener(this.heard::add)
          .build();

  private void slices(String series, int count, double middle) {
    for (int slice = 0; slice < count; slice++) {
      for (int i = 0; i < 30; i++) {
        this.monitor.record(series, middle * (1 + this.random.nextGaussian() / 20));
      }
      this.clock.pass(SLICE);
    }
  }

  private SeriesStatus status(String series) {
    return this.monitor.status(series).orElseThrow();
  }

  @Test
  void aRegressionIsToldOnceAndSoIsItsEnd() {
    slices("calls", 40, 100);
    assertThat(this.heard).isEmpty();
    assertThat(status("calls").baseline()).isBetween(98.0, 103.0);

    slices("calls", 30, 200);
    assertThat(this.heard).hasSize(1);
    RegressionEvent found = this.heard.get(0);
    assertThat(found.series()).isEqualTo("calls");
    assertThat(found.found()).isTrue();
    assertThat(found.at())
        .isBetween(
            HandClock.START.plus(SLICE.multipliedBy(43)),
            HandClock.START.plus(SLICE.multipliedBy(51)));
    RegressionStatus regression = status("calls").regression();
    assertThat(regression.since()).isEqualTo(found.at());
    assertThat(regression.before()).isBetween(98.0, 103.0);
    assertThat(regression.now()).isBetween(195.0, 206.0);
    assertThat(regression.effect()).isBetween(0.9, 1.1);

    slices("calls", 30, 100);
    assertThat(this.heard).hasSize(2);
    assertThat(this.heard.get(1).found()).isFalse();
    assertThat(status("calls").regression()).isNull();
    assertThat(status("calls").baseline()).isBetween(98.0, 103.0);
  }

  /** What is worse for hours does not become what is usual. */
  @Test
  void aRegressionDoesNotEndByItself() {
    slices("calls", 40, 100);
    slices("calls", 300, 150);
    assertThat(this.heard).hasSize(1);
    assertThat(status("calls").regression()).isNotNull();
    assertThat(status("calls").baseline()).isBetween(98.0, 103.0);
  }

  @Test
  void whatIsMeantToStayIsAccepted() {
    slices("calls", 40, 100);
    slices("calls", 20, 150);
    this.monitor.series("calls").accept();
    assertThat(this.heard).extracting(RegressionEvent::found).containsExactly(true, false);
    assertThat(status("calls").regression()).isNull();
    slices("calls", 40, 150);
    assertThat(this.heard).hasSize(2);
    slices("calls", 20, 250);
    assertThat(this.heard).hasSize(3);
  }

  @Test
  void lessIsWorseWhereSomebodySaysSo() {
    this.monitor.series("throughput", WorseWhen.SMALLER);
    slices("throughput", 40, 1000);
    slices("throughput", 20, 1500);
    assertThat(this.heard).isEmpty();
    slices("throughput", 40, 1500);
    slices("throughput", 20, 600);
    assertThat(this.heard).hasSize(1);
  }

  @Test
  void aRegressionIsNoticedByWhoAsksToo() {
    slices("calls", 40, 100);
    for (int slice = 0; slice < 10; slice++) {
      slices("calls", 1, 200);
      status("calls");
      status("calls");
    }
    assertThat(this.heard).hasSize(1);
  }

  @Test
  void furtherSeriesAreKeptTogether() {
    for (int i = 0; i < 1000; i++) {
      this.monitor.record("series " + i, i);
    }
    assertThat(this.monitor.status())
        .extracting(SeriesStatus::name)
        .containsExactly("series 0", "series 1", "series 2", PerformanceMonitor.OTHERS);
    assertThat(status(PerformanceMonitor.OTHERS).all().count()).isEqualTo(997);
    assertThat(this.monitor.remove("series 1")).isTrue();
    assertThat(this.monitor.remove("series 1")).isFalse();
    this.monitor.record("another", 1);
    assertThat(this.monitor.status("another")).isPresent();
  }

  @Test
  void theOthersAreComparedWithNothing() {
    slices(PerformanceMonitor.OTHERS, 40, 100);
    slices(PerformanceMonitor.OTHERS, 20, 300);
    this.monitor.series(PerformanceMonitor.OTHERS).accept();
    slices(PerformanceMonitor.OTHERS, 20, 900);
    assertThat(this.heard).isEmpty();
    assertThat(status(PerformanceMonitor.OTHERS).regression()).isNull();
  }

  @Test
  void theWorstStandFirst() {
    slices("b", 40, 100);
    this.monitor.record("a", 1);
    slices("b", 20, 200);
    assertThat(this.monitor.status()).extracting(SeriesStatus::name).containsExactly("b", "a");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "a\nb", "\u0000", "\u001b[31m"})
  void whatCanNotBeReadIsNoName(String name) {
    assertThatThrownBy(() -> this.monitor.record(name, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("name of a series")
        .hasMessageNotContaining("\n")
        .hasMessageNotContaining("\u001b");
  }

  @Test
  void norIsWhatIsTooLong() {
    String name = "x".repeat(PerformanceMonitor.LONGEST_NAME);
    this.monitor.record(name, 1);
    assertThatThrownBy(() -> this.monitor.record(name + "x", 1))
        .hasMessageContaining("201")
        .hasMessageContaining("'" + "x".repeat(40) + "'");
  }

  @Test
  void thereIsNoSuchSeries() {
    assertThat(this.monitor.status("nothing")).isEmpty();
  }

  /** Threads that record and ask while time passes: every figure is counted, and once. */
  @Test
  void noFigureIsLostBetweenThreads() throws Exception {
    int threads = 8;
    int figures = 20_000;
    ExecutorService executor = Executors.newFixedThreadPool(threads);
    CountDownLatch start = new CountDownLatch(1);
    try {
      List<Future<?>> all = new ArrayList<>();
      for (int thread = 0; thread < threads; thread++) {
        int number = thread;
        all.add(
            executor.submit(
                () -> {
                  start.await();
                  for (int i = 0; i < figures; i++) {
                    this.monitor.record("series " + (i & 3), 1 + (i & 7));
                    if (i % 100 == 0) {
                      this.clock.pass(Duration.ofSeconds(number));
                    }
                    if (i % 5000 == number) {
                      this.monitor.status();
                    }
                  }
                  return null;
                }));
      }
      start.countDown();
      for (Future<?> each : all) {
        each.get();
      }
    } finally {
      executor.shutdownNow();
    }
    List<SeriesStatus> all = this.monitor.status();
    assertThat(all).hasSize(4);
    assertThat(all.stream().mapToLong(each -> each.all().count()).sum())
        .isEqualTo((long) threads * figures);
    assertThat(all.stream().mapToDouble(each -> each.all().sum()).sum())
        .isEqualTo(threads * figures * 4.5);
  }

  @Test
  void settingsThatCanNeverBeAreRefused() {
    MonitorSettings.Builder builder = MonitorSettings.builder();
    assertThatThrownBy(() -> builder.window(Duration.ofSeconds(1)).build())
        .hasMessageContaining("window");
    assertThatThrownBy(() -> MonitorSettings.builder().baseline(Duration.ofSeconds(10)).build())
        .hasMessageContaining("baseline");
    assertThatThrownBy(() -> MonitorSettings.builder().maxSeries(0).build())
        .hasMessageContaining("series");
    for (double each : new double[] {Double.NaN, 0, -1, 1e30, Double.POSITIVE_INFINITY}) {
      assertThatThrownBy(() -> MonitorSettings.builder().minEffect(each).build())
          .hasMessageContaining("effect");
      assertThatThrownBy(() -> MonitorSettings.builder().significance(each).build())
          .hasMessageContaining("significance");
      assertThatThrownBy(() -> MonitorSettings.builder().resolution(each).build())
          .hasMessageContaining("resolution");
    }
  }

  /** The real clock goes on. */
  @Test
  void withoutAClockItHasOneOfItsOwn() {
    PerformanceMonitor own = PerformanceMonitor.create();
    own.record("any", 4);
    assertThat(own.status("any").orElseThrow().window().count()).isOne();
  }
}
