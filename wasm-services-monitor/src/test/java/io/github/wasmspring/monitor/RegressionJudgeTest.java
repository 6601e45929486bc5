package io.github.wasmspring.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How often steady figures raise an alarm, and how soon worse ones do. */
@Tag("once")
class RegressionJudgeTest {

  private static final MonitorSettings SETTINGS = MonitorSettings.DEFAULTS;
  private static final int SLICES = 120;
  private static final int FIGURES = 20;

  /** The number of the slice that raises the first alarm, -1 for none. */
  private static int firstAlarm(Streams stream, Random random, double factor, int from) {
    RegressionWatch watch =
        new RegressionWatch(
            "any", new RegressionJudge(WorseWhen.GREATER, SETTINGS), SETTINGS.baselineSlices());
    Deque<Double> window = new ArrayDeque<>();
    for (int slice = 0; slice < SLICES; slice++) {
      double[] figures = stream.next(random, FIGURES);
      double worse = slice >= from ? factor : 1;
      window.addLast(Middle.of(Arrays.stream(figures).map(each -> each * worse).toArray()));
      if (window.size() > MonitorSettings.SLICES) {
        watch.left(slice - MonitorSettings.SLICES, window.removeFirst());
      }
      double[] medians = window.stream().mapToDouble(Double::doubleValue).toArray();
      RegressionEvent event = watch.look(slice + 1, medians, Instant.EPOCH);
      if (event != null) {
        return slice;
      }
    }
    return -1;
  }

  private static int falseAlarms(Streams stream) {
    Random random = new Random(2026);
    int alarms = 0;
    for (int i = 0; i < 10_000; i++) {
      if (firstAlarm(stream, random, 1, SLICES) >= 0) {
        alarms++;
      }
    }
    System.out.printf("%s: %d of 10,000 steady streams raised an alarm%n", stream, alarms);
    return alarms;
  }

  /** An hour of twenty figures each half minute; docs/monitor.md has what this prints. */
  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "FEW_VALUES")
  void steadyFiguresRaiseNoAlarm(Streams stream) {
    assertThat(falseAlarms(stream)).isLessThan(50);
  }

  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.EXCLUDE,
      names = {"FEW_VALUES", "EXPONENTIAL", "LOG_NORMAL", "UNIFORM"})
  void halfAsMuchAgainRaisesOneWithinAWindow(Streams stream) {
    Random random = new Random(17);
    int late = 0;
    for (int i = 0; i < 1000; i++) {
      int alarm = firstAlarm(stream, random, 1.5, 80);
      if (alarm < 80 || alarm > 80 + MonitorSettings.SLICES) {
        late++;
      }
    }
    assertThat(late).isLessThan(20);
  }

  @Test
  void whatIsCertainButSmallIsNone() {
    double[] baseline = new Random(1).doubles(60, 99, 101).toArray();
    double[] window = new Random(2).doubles(10, 114, 116).toArray();
    RegressionJudge judge = new RegressionJudge(WorseWhen.GREATER, SETTINGS);
    RegressionJudge.Verdict verdict = judge.compare(baseline, window);
    assertThat(verdict.chance()).isLessThan(1e-6);
    assertThat(judge.isWorse(verdict)).isFalse();
  }

  @Test
  void whatIsLargeButMayBeChanceIsNone() {
    double[] baseline = {1, 9, 2, 8, 3, 7, 1, 9, 2, 8};
    double[] window = {9, 1, 8, 7, 9};
    RegressionJudge judge = new RegressionJudge(WorseWhen.GREATER, SETTINGS);
    RegressionJudge.Verdict verdict = judge.compare(baseline, window);
    assertThat(verdict.effect()).isGreaterThan(0.2);
    assertThat(judge.isWorse(verdict)).isFalse();
  }

  @Test
  void lessIsWorseWhereItIs() {
    double[] baseline = new Random(1).doubles(60, 99, 101).toArray();
    double[] window = new Random(2).doubles(10, 49, 51).toArray();
    RegressionJudge throughput = new RegressionJudge(WorseWhen.SMALLER, SETTINGS);
    assertThat(throughput.isWorse(throughput.compare(baseline, window))).isTrue();
    RegressionJudge duration = new RegressionJudge(WorseWhen.GREATER, SETTINGS);
    assertThat(duration.isWorse(duration.compare(baseline, window))).isFalse();
  }

  @Test
  void nothingBeforeIsNoDivision() {
    double[] baseline = new double[20];
    double[] window = {5, 5, 5, 5, 5, 5, 5, 5, 5, 5};
    RegressionJudge judge = new RegressionJudge(WorseWhen.GREATER, SETTINGS);
    assertThat(judge.compare(baseline, window).effect()).isFinite().isGreaterThan(1);
    assertThat(judge.compare(baseline, new double[10]).effect()).isZero();
  }
}
