package io.github.wasmspring.internal.flight;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PerSecondControlTest {

  private static final int KIND = "quote".hashCode();

  private final PerSecondControl control = new PerSecondControl();

  private long admitted(int kind, long second) {
    return IntStream.range(0, 1000).filter(any -> this.control.admits(kind, second)).count();
  }

  @Test
  void admitsSoManyInASecondAndAsManyInTheNext() {
    this.control.setValue("7");
    assertThat(admitted(KIND, 5)).isEqualTo(7);
    assertThat(admitted(KIND, 6)).isEqualTo(7);
    assertThat(admitted(KIND, -1)).isEqualTo(7);
  }

  @Test
  void anotherKindHasAShareOfItsOwn() {
    this.control.setValue("3");
    assertThat(admitted(KIND, 5)).isEqualTo(3);
    assertThat(admitted("list".hashCode(), 5)).isEqualTo(3);
  }

  @Test
  void aHundredWhereNobodySaysAnything() {
    assertThat(this.control.getValue()).isEqualTo("100");
    assertThat(admitted(KIND, 5)).isEqualTo(100);
  }

  @Test
  void noneAtAll() {
    this.control.setValue("0");
    assertThat(admitted(KIND, 5)).isZero();
  }

  @Test
  void severalRecordingsGetWhatTheGreediestWants() {
    assertThat(this.control.combine(Set.of("5", "200", "20"))).isEqualTo("200");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "many", "1e3", "99999999999"})
  void whatIsNoNumberIsTheDefault(String nonsense) {
    this.control.setValue("1");
    this.control.setValue(nonsense);
    assertThat(this.control.getValue()).isEqualTo("100");
  }

  @Test
  void threadsShareIt() {
    this.control.setValue("500");
    AtomicInteger admitted = new AtomicInteger();
    IntStream.range(0, 20_000)
        .parallel()
        .filter(any -> this.control.admits(KIND, 9))
        .forEach(any -> admitted.incrementAndGet());
    assertThat(admitted).hasValue(500);
  }
}
