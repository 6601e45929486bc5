package io.github.wasmspring.dashboard.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class LatencyCountsTest {

  @Test
  void durationsAreKnownWithinThreePercent() {
    Random random = new Random(7);
    for (int i = 0; i < 100_000; i++) {
      long nanos = (long) Math.exp(random.nextDouble() * Math.log(1e12));
      assertThat(LatencyCounts.nanos(LatencyCounts.index(nanos)))
          .isCloseTo(nanos, Percentage.withPercentage(3.2));
    }
  }

  @Test
  void classesFollowEachOther() {
    int before = -1;
    for (long nanos = 0; nanos < 100_000; nanos++) {
      int index = LatencyCounts.index(nanos);
      assertThat(index).isBetween(before, before + 1);
      before = index;
    }
  }

  @Test
  void whatCanNotBeIsCountedAtTheEdges() {
    LatencyCounts counts = new LatencyCounts();
    counts.add(-1);
    counts.add(Long.MAX_VALUE);

    assertThat(counts.count(0)).isOne();
    assertThat(counts.count(LatencyCounts.SIZE - 1)).isOne();
  }

  @Test
  void percentilesAreThoseOfTheDurations() {
    LatencyCounts counts = new LatencyCounts();
    LatencyMinute minute = new LatencyMinute();
    Random random = new Random(1);
    long[] durations = new long[10_000];
    for (int i = 0; i < durations.length; i++) {
      durations[i] = (long) (1_000 * Math.exp(random.nextGaussian()));
      counts.add(durations[i]);
    }
    Arrays.sort(durations);

    minute.tick(counts);

    for (double share : List.of(0.5, 0.9, 0.99, 1.0)) {
      double exact = durations[(int) Math.ceil(share * durations.length) - 1];
      assertThat((double) minute.quantile(share)).isCloseTo(exact, within(exact * 0.032));
    }
  }

  @Test
  void whatWasAMinuteAgoIsForgotten() {
    LatencyCounts counts = new LatencyCounts();
    LatencyMinute minute = new LatencyMinute();
    counts.add(1_000_000);
    minute.tick(counts);
    counts.add(1_000);
    for (int i = 1; i < CallHistory.SECONDS; i++) {
      minute.tick(counts);
      assertThat(minute.quantile(1)).isGreaterThan(900_000);
    }

    minute.tick(counts);
    assertThat(minute.quantile(1)).isBetween(970L, 1_030L);

    minute.tick(counts);
    assertThat(minute.quantile(1)).isNull();
    assertThat(minute.quantile(0.5)).isNull();
  }

  @Test
  void modulesAddUp() {
    LatencyCounts slow = new LatencyCounts();
    LatencyCounts quick = new LatencyCounts();
    slow.add(1_000_000);
    for (int i = 0; i < 9; i++) {
      quick.add(1_000);
    }
    LatencyMinute first = new LatencyMinute();
    LatencyMinute second = new LatencyMinute();
    first.tick(slow);
    second.tick(quick);

    LatencyMinute all = LatencyMinute.all(List.of(first, second));

    assertThat(all.quantile(0.9)).isBetween(970L, 1_030L);
    assertThat(all.quantile(1)).isGreaterThan(900_000);
  }
}
