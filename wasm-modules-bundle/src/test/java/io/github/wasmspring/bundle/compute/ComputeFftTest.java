package io.github.wasmspring.bundle.compute;

import static io.github.wasmspring.bundle.compute.ComputeSides.WASM;
import static io.github.wasmspring.bundle.compute.ComputeSides.doubles;
import static io.github.wasmspring.bundle.compute.ComputeSides.same;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Transforms of the module and its fallback against the definition, summed with compensation. The
 * relative error in the Euclidean norm must be below {@value #ERROR} for each doubling of the
 * length.
 */
class ComputeFftTest {

  private static final double ERROR = 2.5e-16;

  private static ComputeSides sides;

  @BeforeAll
  static void start() {
    sides = new ComputeSides();
  }

  @AfterAll
  static void stop() {
    sides.close();
  }

  static IntStream lengths() {
    return IntStream.concat(
        IntStream.rangeClosed(1, 130),
        IntStream.of(243, 250, 251, 256, 500, 509, 625, 729, 1000, 1009, 1021, 1024, 2047, 3000));
  }

  @ParameterizedTest
  @MethodSource("lengths")
  void isTheDiscreteFourierTransform(int n) {
    double[] signal = doubles(new Random(n), 2 * n);
    double[] spectrum = same(sides.wasm.fft(signal, WASM), sides.java.fft(signal));
    assertClose(spectrum, definition(signal), n);
  }

  @ParameterizedTest
  @MethodSource("lengths")
  void theInverseGivesTheSignalBack(int n) {
    double[] signal = doubles(new Random(n), 2 * n);
    double[] spectrum = sides.wasm.fft(signal, WASM);
    double[] back = same(sides.wasm.inverseFft(spectrum, WASM), sides.java.inverseFft(spectrum));
    assertClose(back, signal, n);
  }

  @ParameterizedTest
  @MethodSource("lengths")
  void theEnergyStaysTheSame(int n) {
    double[] signal = doubles(new Random(n), 2 * n);
    double energy = squares(sides.wasm.fft(signal, WASM)) / n;
    assertThat(Math.abs(energy / squares(signal) - 1)).isLessThan(2 * bound(n));
  }

  @ParameterizedTest
  @MethodSource("lengths")
  void theTransformOfRealNumbersIsTheFirstHalfOfTheComplexOne(int n) {
    double[] signal = doubles(new Random(n), n);
    double[] complex = new double[2 * n];
    for (int at = 0; at < n; at++) {
      complex[2 * at] = signal[at];
    }
    double[] spectrum = same(sides.wasm.realFft(signal, WASM), sides.java.realFft(signal));
    assertClose(spectrum, Arrays.copyOf(definition(complex), 2 * (n / 2 + 1)), n);
    double[] back =
        same(sides.wasm.inverseRealFft(spectrum, n, WASM), sides.java.inverseRealFft(spectrum, n));
    assertClose(back, signal, n);
  }

  @ParameterizedTest
  @ValueSource(ints = {6, 7, 14, 16})
  void theInverseOfRealNumbersIgnoresWhatMustBeZero(int n) {
    double[] spectrum = sides.java.realFft(doubles(new Random(n), n));
    double[] clean = spectrum.clone();
    spectrum[1] = 5;
    clean[1] = 0;
    if (n % 2 == 0) {
      spectrum[n + 1] = -7;
      clean[n + 1] = 0;
    }
    double[] back = sides.wasm.inverseRealFft(spectrum, n, WASM);
    same(back, sides.wasm.inverseRealFft(clean, n, WASM));
    same(back, sides.java.inverseRealFft(spectrum, n));
  }

  @ParameterizedTest
  @ValueSource(ints = {1 << 20, 1_000_000, 1_048_573})
  void theLongestSignalsComeBack(int n) {
    double[] signal = doubles(new Random(n), 2 * n);
    double[] spectrum = sides.wasm.fft(signal, WASM);
    assertThat(Arrays.equals(spectrum, sides.java.fft(signal))).isTrue();
    assertClose(sides.wasm.inverseFft(spectrum, WASM), signal, n);
  }

  @Test
  void theArgumentStaysAsItIs() {
    for (int n : new int[] {7, 16}) {
      double[] signal = doubles(new Random(n), 2 * n);
      double[] before = signal.clone();
      sides.java.fft(signal);
      sides.java.inverseFft(signal);
      sides.java.realFft(signal);
      assertThat(signal).containsExactly(before);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 8, 60, 1000, 1024, 65_536, 99_991})
  void rootsOfUnityAreWithinTwoUnitsOfTheLastPlace(int n) {
    double[] roots = Roots.table(n);
    for (int t = 0; t < n; t++) {
      double angle = 2 * Math.PI * t / n;
      // The angle itself is off by up to an ulp, which counts more the greater it is.
      double slack = 2 * Math.ulp(1.0) + Math.ulp(angle);
      assertThat(Math.abs(roots[2 * t] - StrictMath.cos(angle))).isLessThan(slack);
      assertThat(Math.abs(roots[2 * t + 1] + StrictMath.sin(angle))).isLessThan(slack);
    }
  }

  @Test
  void infinityMakesNanAndNothingFails() {
    double[] signal = new double[2 * 12];
    signal[6] = Double.POSITIVE_INFINITY;
    assertThat(same(sides.wasm.fft(signal, WASM), sides.java.fft(signal))).contains(Double.NaN);
    signal = new double[2 * 14];
    signal[6] = Double.NaN;
    assertThat(same(sides.wasm.fft(signal, WASM), sides.java.fft(signal))).containsOnly(Double.NaN);
  }

  private static double bound(int n) {
    return ERROR * (2 + Math.log(n) / Math.log(2));
  }

  private static void assertClose(double[] actual, double[] expected, int n) {
    assertThat(actual).hasSameSizeAs(expected);
    double[] off = new double[actual.length];
    for (int at = 0; at < off.length; at++) {
      off[at] = actual[at] - expected[at];
    }
    assertThat(Math.sqrt(squares(off) / squares(expected))).isLessThan(bound(n));
  }

  private static double squares(double[] values) {
    return Arrays.stream(values).map(value -> value * value).sum();
  }

  /** {@link java.util.stream.DoubleStream#sum} compensates. */
  private static double[] definition(double[] signal) {
    int n = signal.length / 2;
    double[] cos = new double[n];
    double[] sin = new double[n];
    for (int t = 0; t < n; t++) {
      // Symmetric around zero, so that the angle is as exact as it can be.
      double angle = 2 * Math.PI * (t > n / 2 ? t - n : t) / n;
      cos[t] = StrictMath.cos(angle);
      sin[t] = -StrictMath.sin(angle);
    }
    double[] spectrum = new double[2 * n];
    double[] re = new double[2 * n];
    double[] im = new double[2 * n];
    for (int j = 0; j < n; j++) {
      for (int t = 0; t < n; t++) {
        int turn = (int) ((long) j * t % n);
        re[2 * t] = signal[2 * t] * cos[turn];
        re[2 * t + 1] = -signal[2 * t + 1] * sin[turn];
        im[2 * t] = signal[2 * t] * sin[turn];
        im[2 * t + 1] = signal[2 * t + 1] * cos[turn];
      }
      spectrum[2 * j] = Arrays.stream(re).sum();
      spectrum[2 * j + 1] = Arrays.stream(im).sum();
    }
    return spectrum;
  }
}
