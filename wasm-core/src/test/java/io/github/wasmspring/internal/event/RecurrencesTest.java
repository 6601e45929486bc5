package io.github.wasmspring.internal.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wasmspring.internal.event.Recurrences.Turn;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RecurrencesTest {

  private static final long MINUTE = Duration.ofMinutes(1).toNanos();

  private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5);
  private final Recurrences<String> recurrences = new Recurrences<>(this.now::get);

  @Test
  void theFirstIsTold() {
    assertThat(this.recurrences.count("trap")).isEqualTo(new Turn(true, 1));
    assertThat(this.recurrences.count("timeout")).isEqualTo(new Turn(true, 1));
  }

  @Test
  void theNextAreCountedAndToldAfterAMinute() {
    this.recurrences.count("trap");
    for (int i = 0; i < 100; i++) {
      assertThat(this.recurrences.count("trap")).isNull();
    }
    this.now.addAndGet(MINUTE);
    assertThat(this.recurrences.count("trap")).isEqualTo(new Turn(false, 101));
    assertThat(this.recurrences.count("trap")).isNull();
    this.now.addAndGet(MINUTE);
    assertThat(this.recurrences.count("trap")).isEqualTo(new Turn(false, 2));
  }

  @Test
  void whoeverMakesUpKindsIsToldOfAThousandAndOne() {
    long told =
        IntStream.range(0, 5000)
            .mapToObj(i -> this.recurrences.count("kind " + i))
            .filter(Objects::nonNull)
            .count();
    assertThat(told).isEqualTo(1001);
  }

  @Test
  void whatComesAgainAfterTenMinutesIsToldInFull() {
    this.recurrences.count("trap");
    this.recurrences.count("trap");
    this.now.addAndGet(9 * MINUTE);
    assertThat(this.recurrences.count("trap")).isEqualTo(new Turn(false, 2));
    this.now.addAndGet(10 * MINUTE);
    assertThat(this.recurrences.count("trap")).isEqualTo(new Turn(true, 1));
    this.now.addAndGet(MINUTE);
    assertThat(this.recurrences.count("trap")).isEqualTo(new Turn(false, 1));
  }

  @Test
  void whatIsOverMakesRoom() {
    IntStream.range(0, 1500).forEach(i -> this.recurrences.count("old " + i));
    this.now.addAndGet(5 * MINUTE);
    this.recurrences.count("old 0");
    assertThat(this.recurrences.count("early"))
        .as("one of the others")
        .isEqualTo(new Turn(false, 500));
    this.now.addAndGet(5 * MINUTE);
    for (int i = 0; i < 999; i++) {
      assertThat(this.recurrences.count("new " + i)).isEqualTo(new Turn(true, 1));
    }
    assertThat(this.recurrences.count("old 0")).as("still there").isEqualTo(new Turn(false, 1));
  }

  @Test
  void ofSeveralThreadsOneTells() {
    AtomicInteger told = new AtomicInteger();
    IntStream.range(0, 10_000)
        .parallel()
        .mapToObj(any -> this.recurrences.count("trap"))
        .filter(Objects::nonNull)
        .forEach(any -> told.incrementAndGet());
    assertThat(told).hasValue(1);
  }
}
