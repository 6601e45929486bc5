package io.github.wasmspring.benchmarks.compare;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class AnswerTest {

  @Test
  void textIsItsBytes() {
    assertThat(Answer.of("grün")).isEqualTo(Answer.of("grün".getBytes(StandardCharsets.UTF_8)));
    assertThat(Answer.same(Answer.of("grün"), Answer.of("grau"))).isFalse();
  }

  @Test
  void fewNumbersAreComparedOneByOne() {
    String one = Answer.of(new double[] {1, 2, 3});

    assertThat(one).isEqualTo("exactly 1.00000000 2.00000000 3.00000000");
    assertThat(Answer.same(one, "exactly 1 2.00001 3")).isTrue();
    assertThat(Answer.same(one, "exactly 1 2.01 3")).isFalse();
    assertThat(Answer.same(one, "exactly 1 2")).isFalse();
  }

  @Test
  void manyNumbersMayNotChangePlaces() {
    float[] numbers = new float[100];
    numbers[3] = 5;
    String one = Answer.of(numbers);
    numbers[3] = 0;
    numbers[4] = 5;

    assertThat(Answer.same(one, one)).isTrue();
    assertThat(Answer.same(one, Answer.of(numbers))).isFalse();
  }

  @Test
  void samplesMayBeRoundedOtherwise() {
    byte[] samples = new byte[100];
    Arrays.fill(samples, (byte) 200);
    String one = Answer.of(new Samples(samples));
    samples[0]++;
    String rounded = Answer.of(new Samples(samples));
    samples[0] = 0;

    assertThat(one).isEqualTo("samples 100 20000.0000 79000.0000");
    assertThat(Answer.same(one, rounded)).isTrue();
    assertThat(Answer.same(one, Answer.of(new Samples(samples)))).isFalse();
  }

  @Test
  void nothingIsTheSameAsNotANumber() {
    assertThat(Answer.same("exactly 1.0", "exactly NaN")).isFalse();
  }

  @Test
  void numbersAreExact() {
    assertThat(Answer.same(Answer.of(42L), "number 42")).isTrue();
    assertThat(Answer.same(Answer.of(42L), "number 43")).isFalse();
  }
}
