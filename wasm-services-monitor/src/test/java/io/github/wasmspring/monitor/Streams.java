package io.github.wasmspring.monitor;

import java.util.Random;
import java.util.function.ToDoubleFunction;

/** Figures as they occur: even, round, skewed, with two peaks, with a long tail. */
enum Streams {
  UNIFORM(random -> random.nextDouble() * 1e6),
  NORMAL(random -> Math.max(0, 1000 + 100 * random.nextGaussian())),
  LOG_NORMAL(random -> 50_000 * Math.exp(random.nextGaussian())),
  EXPONENTIAL(random -> -700 * Math.log(1 - random.nextDouble())),
  TWO_PEAKS(random -> (random.nextInt(5) == 0 ? 9000 : 1000) * (1 + random.nextDouble() / 10)),
  PARETO(random -> 100 * Math.pow(1 - random.nextDouble(), -1 / 1.5)),
  FEW_VALUES(random -> random.nextInt(4));

  private final ToDoubleFunction<Random> next;

  Streams(ToDoubleFunction<Random> next) {
    this.next = next;
  }

  double next(Random random) {
    return this.next.applyAsDouble(random);
  }

  double[] next(Random random, int count) {
    double[] figures = new double[count];
    for (int i = 0; i < count; i++) {
      figures[i] = next(random);
    }
    return figures;
  }
}
