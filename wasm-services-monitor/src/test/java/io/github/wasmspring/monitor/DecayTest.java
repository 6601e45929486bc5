package io.github.wasmspring.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class DecayTest {

  private final Decay decay = new Decay(Duration.ofMinutes(1));

  @Test
  void whatIsSteadyIsRightFromTheBeginning() {
    assertThat(this.decay.mean()).isNull();
    for (int i = 0; i < 100; i++) {
      this.decay.add(7, 5);
      assertThat(this.decay.mean()).isCloseTo(7, within(1e-9));
    }
  }

  @Test
  void aMinuteAgoCountsByOneThroughE() {
    this.decay.add(10, 3600);
    this.decay.add(0, 60);
    assertThat(this.decay.mean()).isCloseTo(10 / Math.E, within(1e-9));
  }

  /** The integral of what there was, weighed by how long ago it was, step by small step. */
  @Test
  void isTheWeighedMeanOfAllThatThereWas() {
    double[] figures = {3, 8, 0, 0, 21, 5};
    double sum = 0;
    double weights = 0;
    for (int i = 0; i < figures.length; i++) {
      this.decay.add(figures[i], 5);
      for (int step = 0; step < 5000; step++) {
        double ago = (figures.length - i) * 5 - (step + 0.5) / 1000;
        sum += figures[i] * Math.exp(-ago / 60);
        weights += Math.exp(-ago / 60);
      }
    }
    assertThat(this.decay.mean()).isCloseTo(sum / weights, within(1e-6));
  }

  @Test
  void oneStepIsAsGoodAsMany() {
    Decay other = new Decay(Duration.ofMinutes(1));
    this.decay.add(4, 10);
    other.add(4, 10);
    this.decay.add(0, 600);
    for (int i = 0; i < 120; i++) {
      other.add(0, 5);
    }
    assertThat(this.decay.mean()).isCloseTo(other.mean(), within(1e-12));
  }
}
