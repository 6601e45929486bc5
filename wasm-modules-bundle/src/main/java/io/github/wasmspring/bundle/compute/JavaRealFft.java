package io.github.wasmspring.bundle.compute;

import java.util.Arrays;

/** The transform of real numbers, of an even count by a complex one of half the length. */
final class JavaRealFft {

  private JavaRealFft() {}

  /** The first n/2 + 1 values; the others are their conjugates. */
  static double[] forward(double[] signal) {
    JavaFft.requireLength(signal.length);
    int n = signal.length;
    int half = n / 2;
    if (n % 2 != 0) {
      double[] all = new double[2 * n];
      for (int at = 0; at < n; at++) {
        all[2 * at] = signal[at];
      }
      return Arrays.copyOf(JavaFft.forward(all), 2 * (half + 1));
    }
    double[] roots = Roots.table(n);
    double[] packed = transform(signal.clone(), roots);
    double[] spectrum = new double[2 * (half + 1)];
    for (int k = 0; k <= half; k++) {
      int value = k == half ? 0 : 2 * k;
      int mirror = k == 0 ? 0 : 2 * (half - k);
      double evenRe = (packed[value] + packed[mirror]) * 0.5;
      double evenIm = (packed[value + 1] - packed[mirror + 1]) * 0.5;
      double oddRe = (packed[value + 1] + packed[mirror + 1]) * 0.5;
      double oddIm = -((packed[value] - packed[mirror]) * 0.5);
      double rootRe = roots[2 * k];
      double rootIm = roots[2 * k + 1];
      spectrum[2 * k] = evenRe + (oddRe * rootRe - oddIm * rootIm);
      spectrum[2 * k + 1] = evenIm + (oddRe * rootIm + oddIm * rootRe);
    }
    return spectrum;
  }

  /** The real numbers; the imaginary parts of the first value and of an even count's last are 0. */
  static double[] inverse(double[] spectrum, int length) {
    JavaFft.requireLength(Math.max(length, 0));
    int half = length / 2;
    Shapes.require(
        spectrum.length == 2 * (half + 1), "the spectrum must hold length / 2 + 1 complex numbers");
    return length % 2 == 0 ? inverseOfEven(spectrum, half) : inverseOfOdd(spectrum, length);
  }

  private static double[] inverseOfOdd(double[] spectrum, int length) {
    double[] all = new double[2 * length];
    all[0] = spectrum[0];
    for (int at = 2; at <= length; at += 2) {
      all[at] = spectrum[at];
      all[at + 1] = spectrum[at + 1];
      all[2 * length - at] = spectrum[at];
      all[2 * length - at + 1] = -spectrum[at + 1];
    }
    all = JavaFft.inverse(all);
    double[] signal = new double[length];
    for (int at = 0; at < length; at++) {
      signal[at] = all[2 * at];
    }
    return signal;
  }

  private static double[] inverseOfEven(double[] spectrum, int half) {
    double[] roots = Roots.table(2 * half);
    double[] packed = new double[2 * half];
    for (int k = 0; k < half; k++) {
      int mirror = 2 * (half - k);
      double im = k == 0 ? 0 : spectrum[2 * k + 1];
      double mirrorIm = k == 0 ? 0 : -spectrum[mirror + 1];
      double evenRe = (spectrum[2 * k] + spectrum[mirror]) * 0.5;
      double evenIm = (im + mirrorIm) * 0.5;
      double gapRe = (spectrum[2 * k] - spectrum[mirror]) * 0.5;
      double gapIm = (im - mirrorIm) * 0.5;
      double rootRe = roots[2 * k];
      double rootIm = -roots[2 * k + 1];
      double oddRe = gapRe * rootRe - gapIm * rootIm;
      double oddIm = gapRe * rootIm + gapIm * rootRe;
      packed[2 * k] = evenIm + oddRe;
      packed[2 * k + 1] = evenRe - oddIm;
    }
    double[] signal = transform(packed, roots);
    JavaFft.swapParts(signal, 1.0 / half);
    return signal;
  }

  /** The transform of half the length that the roots are for. */
  private static double[] transform(double[] data, double[] roots) {
    return JavaFft.isSmooth(data.length / 2)
        ? JavaFft.passes(data, roots, 2)
        : JavaFft.forward(data);
  }
}
