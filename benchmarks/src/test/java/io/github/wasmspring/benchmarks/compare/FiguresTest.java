package io.github.wasmspring.benchmarks.compare;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FiguresTest {

  @Test
  void takesTheMedianOfEvenSamples() {
    assertThat(Figures.median(4, 1, 3, 2)).isEqualTo(2.5);
  }
}
