package io.github.wasmspring.bundle.compute;

import static io.github.wasmspring.bundle.compute.ComputeSides.WASM;
import static io.github.wasmspring.bundle.compute.ComputeSides.doubles;
import static io.github.wasmspring.bundle.compute.ComputeSides.floats;
import static io.github.wasmspring.bundle.compute.ComputeSides.same;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.offset;

import java.util.Arrays;
import java.util.DoubleSummaryStatistics;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Similarity and statistics of the module and its fallback against sums in 64 bits. */
class ComputeSimilarityTest {

  private static final int ROWS = 37;

  private static ComputeSides sides;

  @BeforeAll
  static void start() {
    sides = new ComputeSides();
  }

  @AfterAll
  static void stop() {
    sides.close();
  }

  /** Off by at most n·2^-24 times the sum of the sizes of the terms. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 31, 100, 384, 1537})
  void batchesAreWithinTheBound(int length) {
    Random random = new Random(length);
    float[] query = floats(random, length);
    float[] rows = floats(random, length * ROWS);
    float[] dots = same(sides.wasm.dot(query, rows, WASM), sides.java.dot(query, rows));
    float[] gaps = same(sides.wasm.squaredL2(query, rows, WASM), sides.java.squaredL2(query, rows));
    float[] cosines = same(sides.wasm.cosine(query, rows, WASM), sides.java.cosine(query, rows));
    for (int row = 0; row < ROWS; row++) {
      double dot = 0;
      double size = 0;
      double gap = 0;
      double queryNorm = 0;
      double rowNorm = 0;
      for (int at = 0; at < length; at++) {
        double a = query[at];
        double b = rows[row * length + at];
        dot += a * b;
        size += Math.abs(a * b);
        gap += (a - b) * (a - b);
        queryNorm += a * a;
        rowNorm += b * b;
      }
      double unit = (length + 2) * 0x1p-24;
      double norms = Math.sqrt(queryNorm * rowNorm);
      assertThat((double) dots[row]).isCloseTo(dot, offset(unit * size));
      assertThat((double) gaps[row]).isCloseTo(gap, offset(unit * gap));
      assertThat((double) cosines[row]).isCloseTo(dot / norms, offset(unit * (1 + size / norms)));
    }
  }

  @Test
  void theCosineIsOneZeroMinusOneOrUnknown() {
    float[] query = {3, 4};
    float[] rows = {6, 8, -4, 3, -3, -4, 0, 0};
    assertThat(same(sides.wasm.cosine(query, rows, WASM), sides.java.cosine(query, rows)))
        .containsExactly(1, 0, -1, Float.NaN);
  }

  @Test
  void noRowsHaveNoAnswers() {
    float[] query = {1};
    float[] none = {};
    assertThat(sides.wasm.dot(query, none, WASM)).isEmpty();
    assertThat(sides.wasm.cosine(query, none, WASM)).isEmpty();
    assertThat(sides.wasm.squaredL2(query, none, WASM)).isEmpty();
    assertThat(sides.java.dot(query, none)).isEmpty();
  }

  @Test
  void overflowIsInfinity() {
    float[] query = {Float.MAX_VALUE};
    float[] rows = {2, -Float.MAX_VALUE};
    assertThat(same(sides.wasm.dot(query, rows, WASM), sides.java.dot(query, rows)))
        .containsExactly(Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 10, 1001})
  void statisticsAreThoseOfTheJdk(int count) {
    double[] values = doubles(new Random(count), count);
    DoubleSummaryStatistics jdk = Arrays.stream(values).summaryStatistics();
    double variance =
        Arrays.stream(values).map(value -> Math.pow(value - jdk.getAverage(), 2)).sum() / count;
    ArrayStatistics statistics =
        ArrayStatistics.of(
            same(sides.wasm.statistics(values, WASM), sides.java.statistics(values)));
    assertThat(statistics.count()).isEqualTo(count);
    assertThat(statistics.min()).isEqualTo(jdk.getMin());
    assertThat(statistics.max()).isEqualTo(jdk.getMax());
    assertThat(statistics.mean()).isCloseTo(jdk.getAverage(), offset(count * 0x1p-53));
    assertThat(statistics.variance()).isCloseTo(variance, offset(count * 0x1p-52));
    assertThat(statistics.standardDeviation()).isEqualTo(Math.sqrt(statistics.variance()));
  }

  @Test
  void oneNanMakesAllButTheCountNan() {
    double[] values = {1, Double.NaN, 3};
    assertThat(same(sides.wasm.statistics(values, WASM), sides.java.statistics(values)))
        .containsExactly(3, Double.NaN, Double.NaN, Double.NaN, Double.NaN);
  }

  @Test
  void nothingHasNoMean() {
    double[] none = {};
    assertThat(same(sides.wasm.statistics(none, WASM), sides.java.statistics(none)))
        .containsExactly(
            0, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, Double.NaN, Double.NaN);
  }

  @Test
  void statisticsAreFiveNumbers() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ArrayStatistics.of(new double[4]))
        .withMessageContaining("not 4");
  }
}
