package io.github.wasmspring.bundle.compute;

import static io.github.wasmspring.bundle.compute.ComputeSides.WASM;
import static io.github.wasmspring.bundle.compute.ComputeSides.doubles;
import static io.github.wasmspring.bundle.compute.ComputeSides.floats;
import static io.github.wasmspring.bundle.compute.ComputeSides.same;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Matrix products of the module and its fallback against exact ones. A sum of k products is off by
 * at most k·u·Σ|a||b|, u being 2^-24 or 2^-53 (Higham, Accuracy and Stability, 3.5).
 */
class ComputeMatrixTest {

  private static ComputeSides sides;

  @BeforeAll
  static void start() {
    sides = new ComputeSides();
  }

  @AfterAll
  static void stop() {
    sides.close();
  }

  @Test
  void allSmallShapesAreWithinTheBoundForF32() {
    Random random = new Random(1);
    for (int m = 1; m <= 9; m++) {
      for (int k = 1; k <= 9; k++) {
        for (int n = 1; n <= 9; n++) {
          checkF32(random, m, k, n);
        }
      }
    }
  }

  @Test
  void allSmallShapesAreWithinTheBoundForF64() {
    Random random = new Random(2);
    for (int m = 1; m <= 9; m++) {
      for (int k = 1; k <= 9; k++) {
        for (int n = 1; n <= 9; n++) {
          checkF64(random, m, k, n);
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1000, 1",
    "1000, 1, 17",
    "17, 1, 1000",
    "64, 64, 64",
    "63, 65, 66",
    "130, 31, 5",
    "5, 131, 127",
    "1, 257, 300",
    "300, 257, 1",
    "128, 128, 128"
  })
  void largerShapesAreWithinTheBound(int m, int k, int n) {
    checkF32(new Random(m + k + n), m, k, n);
  }

  @Test
  void randomShapesAreWithinTheBound() {
    Random random = new Random(3);
    for (int i = 0; i < 40; i++) {
      int m = 1 + random.nextInt(60);
      int k = 1 + random.nextInt(60);
      int n = 1 + random.nextInt(60);
      checkF32(random, m, k, n);
      if (i % 8 == 0) {
        checkF64(random, m / 3 + 1, k / 3 + 1, n / 3 + 1);
      }
    }
  }

  @Test
  void theLargestProductFitsTheDefaultLimits() {
    double[] ones = new double[1 << 12];
    Arrays.fill(ones, 1);
    double[] product = sides.wasm.matmulF64(ones, ones, ones.length, 1, ones.length, WASM);
    assertThat(product.length).isEqualTo(1 << 24);
    assertThat(product[product.length - 1]).isEqualTo(1);
  }

  @Test
  void infinityAndNanPassAsIeee754Says() {
    float inf = Float.POSITIVE_INFINITY;
    float[] a = {inf, 1, 0, Float.NaN, -0f, 2};
    float[] b = {1, 0, -1, 1, 1, 1};
    float[] product =
        same(sides.wasm.matmulF32(a, b, 3, 2, 3, WASM), sides.java.matmulF32(a, b, 3, 2, 3));
    assertThat(product)
        .containsExactly(inf, Float.NaN, -inf, Float.NaN, Float.NaN, Float.NaN, 2, 2, 2);
  }

  @Test
  void aColumnBesideANanIsNotTouched() {
    float[] b = new float[5 * 5];
    b[4] = Float.NaN;
    float[] a = new float[5 * 5];
    float[] product =
        same(sides.wasm.matmulF32(a, b, 5, 5, 5, WASM), sides.java.matmulF32(a, b, 5, 5, 5));
    for (int at = 0; at < product.length; at++) {
      assertThat(Float.isNaN(product[at])).isEqualTo(at % 5 == 4);
    }
  }

  private static void checkF32(Random random, int m, int k, int n) {
    float[] a = floats(random, m * k);
    float[] b = floats(random, k * n);
    float[] product =
        same(sides.wasm.matmulF32(a, b, m, k, n, WASM), sides.java.matmulF32(a, b, m, k, n));
    assertThat(product).hasSize(m * n);
    for (int row = 0; row < m; row++) {
      for (int column = 0; column < n; column++) {
        double exact = 0;
        double size = 0;
        for (int p = 0; p < k; p++) {
          double term = (double) a[row * k + p] * b[p * n + column];
          exact += term;
          size += Math.abs(term);
        }
        assertThat(Math.abs(product[row * n + column] - exact))
            .isLessThanOrEqualTo(1.0001 * k * 0x1p-24 * size);
      }
    }
  }

  private static void checkF64(Random random, int m, int k, int n) {
    double[] a = doubles(random, m * k);
    double[] b = doubles(random, k * n);
    double[] product =
        same(sides.wasm.matmulF64(a, b, m, k, n, WASM), sides.java.matmulF64(a, b, m, k, n));
    assertThat(product).hasSize(m * n);
    for (int row = 0; row < m; row++) {
      for (int column = 0; column < n; column++) {
        BigDecimal exact = BigDecimal.ZERO;
        double size = 0;
        for (int p = 0; p < k; p++) {
          BigDecimal left = new BigDecimal(a[row * k + p]);
          exact = exact.add(left.multiply(new BigDecimal(b[p * n + column])));
          size += Math.abs(a[row * k + p] * b[p * n + column]);
        }
        BigDecimal off = exact.subtract(new BigDecimal(product[row * n + column])).abs();
        assertThat(off.round(MathContext.DECIMAL64).doubleValue())
            .isLessThanOrEqualTo(1.0001 * k * 0x1p-53 * size);
      }
    }
  }
}
