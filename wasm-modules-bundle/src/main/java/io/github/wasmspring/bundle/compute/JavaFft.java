package io.github.wasmspring.bundle.compute;

/**
 * The discrete Fourier transform: Stockham's self-sorting passes of radix 4, 2, 3 and 5, and
 * Bluestein's chirp transform for lengths with other prime factors. Arrays hold real and imaginary
 * parts in turn.
 */
final class JavaFft {

  private static final int MAX_LENGTH = 1 << 20;

  private JavaFft() {}

  static double[] requireComplex(double[] parts) {
    Shapes.require(parts.length % 2 == 0, "a complex number has a real and an imaginary part");
    requireLength(parts.length / 2);
    return parts;
  }

  static void requireLength(int length) {
    Shapes.require(length > 0, "a transform needs at least one number");
    Shapes.requireWithin(length <= MAX_LENGTH, "a transform takes at most 1048576 numbers");
  }

  /** The transform; the argument may be overwritten. */
  static double[] forward(double[] data) {
    int n = data.length / 2;
    return isSmooth(n) ? passes(data, Roots.table(n), 1) : chirp(data);
  }

  /** The forward transform with real and imaginary parts exchanged before and after, and scaled. */
  static double[] inverse(double[] data) {
    int n = data.length / 2;
    swapParts(data, 1);
    double[] answer = forward(data);
    swapParts(answer, 1.0 / n);
    return answer;
  }

  /** Exchanges real and imaginary parts, and scales both. */
  static void swapParts(double[] data, double scale) {
    for (int at = 0; at < data.length; at += 2) {
      double re = data[at];
      data[at] = data[at + 1] * scale;
      data[at + 1] = re * scale;
    }
  }

  /** Whether a length has no prime factors but 2, 3 and 5. */
  static boolean isSmooth(int length) {
    int rest = length;
    for (int factor : new int[] {2, 3, 5}) {
      while (rest % factor == 0) {
        rest /= factor;
      }
    }
    return rest == 1;
  }

  /**
   * Transforms data of a smooth length n.
   *
   * @param roots at least the n-th roots of unity, every {@code step}-th of which counts
   */
  static double[] passes(double[] data, double[] roots, int step) {
    double[] from = data;
    double[] to = new double[data.length];
    int stride = 1;
    for (int rest = data.length / 2; rest > 1; ) {
      int radix = rest % 4 == 0 ? 4 : rest % 2 == 0 ? 2 : rest % 3 == 0 ? 3 : 5;
      rest /= radix;
      new FftPass(from, to, rest, stride, roots, stride * step).run(radix);
      stride *= radix;
      double[] done = to;
      to = from;
      from = done;
    }
    return from;
  }

  /** Bluestein: a transform of any length as a convolution of a power of two. */
  private static double[] chirp(double[] data) {
    int n = data.length / 2;
    int size = Integer.highestOneBit(2 * n - 2) * 2;
    double[] roots = Roots.table(size);
    double[] chirp = squares(n);
    double[] signal = new double[2 * size];
    double[] filter = new double[2 * size];
    for (int at = 0; at < 2 * n; at += 2) {
      product(data, chirp, signal, at);
      int mirror = at == 0 ? 0 : 2 * size - at;
      filter[at] = filter[mirror] = chirp[at];
      filter[at + 1] = filter[mirror + 1] = -chirp[at + 1];
    }
    signal = passes(signal, roots, 1);
    filter = passes(filter, roots, 1);
    for (int at = 0; at < signal.length; at += 2) {
      product(signal, filter, signal, at);
    }
    swapParts(signal, 1);
    signal = passes(signal, roots, 1);
    swapParts(signal, 1.0 / size);
    for (int at = 0; at < data.length; at += 2) {
      product(signal, chirp, data, at);
    }
    return data;
  }

  /** The product of the complex numbers that stand at a place of two arrays. */
  private static void product(double[] one, double[] other, double[] target, int at) {
    double re = one[at] * other[at] - one[at + 1] * other[at + 1];
    target[at + 1] = one[at] * other[at + 1] + one[at + 1] * other[at];
    target[at] = re;
  }

  /** exp(-πi·t²/n) for t from 0 to n-1. */
  private static double[] squares(int n) {
    double[] chirp = new double[2 * n];
    int square = 0;
    for (int t = 0; t < n; t++) {
      Roots.put(square, 2 * n, chirp, t);
      square = (square + 2 * t + 1) % (2 * n);
    }
    return chirp;
  }
}
