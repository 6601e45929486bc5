package io.github.wasmspring.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.commons.math3.stat.descriptive.DescriptiveStatistics;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The judges are sorted arrays and Apache Commons Math. */
class MonitoredSeriesTest {

  private static final MonitorSettings SETTINGS =
      MonitorSettings.DEFAULTS.with(settings -> settings.window(Duration.ofSeconds(100)));
  private static final Duration SLICE = Duration.ofSeconds(10);

  private final HandClock clock = new HandClock();
  private final PerformanceMonitor monitor =
      PerformanceMonitor.builder().settings(SETTINGS).clock(this.clock).build();
  private final MonitoredSeries series = this.monitor.series("any");

  private static double exact(double[] sorted, double percent) {
    return sorted[(int) Math.max(0, Math.ceil(percent / 100 * sorted.length - 1e-9) - 1)];
  }

  private static void assertSame(FigureStats stats, List<Double> figures) {
    double[] sorted = figures.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    DescriptiveStatistics judge = new DescriptiveStatistics(sorted);
    assertThat(stats.count()).isEqualTo(sorted.length);
    assertThat(stats.sum()).isCloseTo(judge.getSum(), within(1e-9 * judge.getSum()));
    assertThat(stats.mean()).isCloseTo(judge.getMean(), within(1e-9 * judge.getMean()));
    assertThat(stats.min()).isEqualTo(judge.getMin());
    assertThat(stats.max()).isEqualTo(judge.getMax());
    double deviation = judge.getStandardDeviation();
    assertThat(stats.deviation()).isCloseTo(deviation, within(1e-8 * deviation));
    assertNear(stats.p50(), exact(sorted, 50));
    assertNear(stats.p90(), exact(sorted, 90));
    assertNear(stats.p95(), exact(sorted, 95));
    assertNear(stats.p99(), exact(sorted, 99));
    assertNear(stats.p999(), exact(sorted, 99.9));
  }

  /** What is promised: one percent, or the resolution. */
  private static void assertNear(double percentile, double exact) {
    assertThat(percentile).isCloseTo(exact, within(0.01 * exact + SETTINGS.resolution()));
  }

  @ParameterizedTest
  @EnumSource
  void percentilesAreThoseOfTheSortedFigures(Streams stream) {
    Random random = new Random(21);
    List<Double> all = new ArrayList<>();
    List<List<Double>> slices = new ArrayList<>();
    for (int slice = 0; slice < 30; slice++) {
      List<Double> some = new ArrayList<>();
      for (double each : stream.next(random, 50 + random.nextInt(500))) {
        this.series.record(each);
        some.add(each);
        all.add(each);
      }
      slices.add(some);
      List<Double> window = new ArrayList<>();
      slices.subList(Math.max(0, slices.size() - 11), slices.size()).forEach(window::addAll);
      SeriesStatus status = this.series.status();
      assertSame(status.all(), all);
      assertSame(status.window(), window);
      this.clock.pass(SLICE);
    }
  }

  @Test
  void nothingIsAllZero() {
    SeriesStatus status = this.series.status();
    assertThat(status.all()).isEqualTo(FigureStats.NONE);
    assertThat(status.window()).isEqualTo(FigureStats.NONE);
    assertThat(status.rates()).isEqualTo(new FigureRates(0, 0, 0));
    assertThat(status.smoothed()).isNull();
    assertThat(status.trend()).isNull();
    assertThat(status.baseline()).isNull();
    assertThat(status.regression()).isNull();
    assertThat(status.outliers()).isEqualTo(new FigureOutliers(0, null, null, List.of()));
    assertThat(status.since()).isEqualTo(HandClock.START);
  }

  @Test
  void theWindowMovesOnWhileNothingComes() {
    this.series.record(5);
    this.clock.pass(Duration.ofHours(3));
    SeriesStatus status = this.series.status();
    assertThat(status.window().count()).isZero();
    assertThat(status.all().count()).isOne();
    assertThat(status.rates().fifteenMinutes()).isCloseTo(0, within(1e-5));
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, -1, -1e-300, 1e13, 1e300})
  void whatIsNoFigureIsCountedAndLeftAlone(double hostile) {
    this.series.record(3);
    this.series.record(hostile);
    SeriesStatus status = this.series.status();
    assertThat(status.refused()).isOne();
    assertThat(status.all().count()).isOne();
    assertThat(status.all().max()).isEqualTo(3);
    assertThat(status.outliers().count()).isZero();
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.0, -0.0, Double.MIN_VALUE, 0.0004, 9_007_199_254_740.0})
  void theSmallestAndTheLargestAreTaken(double figure) {
    this.series.record(figure);
    SeriesStatus status = this.series.status();
    assertThat(status.refused()).isZero();
    assertThat(status.all().count()).isOne();
    assertThat(status.all().p50()).isCloseTo(Math.abs(figure), within(0.01 * figure + 0.001));
  }

  @Test
  void ratesAreThoseOfASteadyStream() {
    for (int i = 0; i < 600; i++) {
      this.series.record(1);
      this.series.record(3);
      this.clock.pass(Duration.ofMillis(500));
    }
    SeriesStatus status = this.series.status();
    assertThat(status.rates().oneMinute()).isCloseTo(4, within(1e-6));
    assertThat(status.rates().fiveMinutes()).isCloseTo(4, within(1e-6));
    assertThat(status.rates().fifteenMinutes()).isCloseTo(4, within(1e-6));
    assertThat(status.smoothed()).isCloseTo(2, within(1e-6));
    this.clock.pass(Duration.ofMinutes(1));
    assertThat(this.series.status().rates().oneMinute()).isCloseTo(4 / Math.E, within(0.01));
  }

  @Test
  void whatIsFarFromTheOthersIsKeptWithItsTime() {
    Random random = new Random(2);
    for (double each : Streams.NORMAL.next(random, 200)) {
      this.series.record(each);
    }
    this.clock.pass(SLICE);
    this.series.record(1e6);
    FigureOutliers outliers = this.series.status().outliers();
    assertThat(outliers.count()).isOne();
    assertThat(outliers.last())
        .containsExactly(new FigureOutlier(HandClock.START.plus(SLICE), 1e6));
    assertThat(outliers.above()).isBetween(1200.0, 2000.0);
    this.series.record(1050);
    assertThat(this.series.status().outliers().count()).isOne();
  }

  @Test
  void onlyTheLatestOutliersAreKept() {
    for (int i = 0; i < 200; i++) {
      this.series.record(10);
    }
    this.clock.pass(SLICE);
    for (int i = 0; i < 1000; i++) {
      this.series.record(1e6 + i);
    }
    FigureOutliers outliers = this.series.status().outliers();
    assertThat(outliers.count()).isEqualTo(1000);
    assertThat(outliers.last()).hasSize(20);
    assertThat(outliers.last().get(19).value()).isEqualTo(1e6 + 999);
  }

  @Test
  void figuresThatRiseHaveATrend() {
    Random random = new Random(4);
    for (int slice = 0; slice < 12; slice++) {
      for (int i = 0; i < 50; i++) {
        this.series.record(1000 + 30 * slice + random.nextGaussian());
      }
      this.clock.pass(SLICE);
    }
    FigureTrend trend = this.series.status().trend();
    assertThat(trend.direction()).isEqualTo(FigureTrend.Direction.RISING);
    assertThat(trend.perMinute()).isCloseTo(180, within(18.0));
  }

  @Test
  void aClockThatGoesBackLosesNothing() {
    this.series.record(1);
    this.clock.pass(Duration.ofMinutes(-30));
    this.series.record(2);
    this.clock.pass(Duration.ofMinutes(31));
    this.series.record(3);
    assertThat(this.series.status().all().count()).isEqualTo(3);
    assertThat(this.series.status().all().sum()).isEqualTo(6);
  }

  @Test
  void valuesBetweenTheResolutionAndItsRangeAreTold() {
    MonitoredSeries fine =
        PerformanceMonitor.builder()
            .settings(SETTINGS.with(settings -> settings.resolution(1e-9)))
            .build()
            .series("ratio");
    double[] figures = new Random(1).doubles(1000, 0, 1e-5).toArray();
    Arrays.stream(figures).forEach(fine::record);
    Arrays.sort(figures);
    assertThat(fine.status().all().p95())
        .isCloseTo(exact(figures, 95), within(0.01 * exact(figures, 95) + 1e-9));
  }
}
